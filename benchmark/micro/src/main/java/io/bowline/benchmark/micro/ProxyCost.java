package io.bowline.benchmark.micro;

import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import io.bowline.rpc.service.Door;
import io.bowline.rpc.service.Explainer;
import io.bowline.rpc.service.ServiceContract;
import io.bowline.rpc.service.ServiceProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the method call to the request and back, above an invoker that has the answer ready. */
@State(Scope.Thread)
public class ProxyCost {
    private static final CompletionStage<Response> ANSWER = CompletableFuture.completedFuture(Response.of(true));

    private final UserService users = proxy(UserService.class, Contract.USERS);
    private final LaterUsers later = proxy(LaterUsers.class, ServiceContract.of(LaterUsers.class, "", ""));

    private static <T> T proxy(Class<T> type, ServiceContract contract) {
        Invoker answering = request -> ANSWER;
        Door.Surroundings surroundings = new Door.Surroundings(Timer.system(), Runnable::run, () -> false, null);
        List<Door> doors = contract.methods().stream()
                .map(method -> new Door(
                        method.rpc(),
                        new Door.Way(answering, Duration.ofSeconds(3), "default", false, Explainer.NOTHING),
                        surroundings))
                .toList();
        return ServiceProxy.create(type, contract, doors);
    }

    @Benchmark
    public boolean synchronous() {
        return users.existUser(Users.EMAIL);
    }

    @Benchmark
    public CompletableFuture<Boolean> asynchronous() {
        return later.existUser(Users.EMAIL);
    }
}
