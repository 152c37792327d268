package io.bowline.benchmark.micro;

import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.service.ServiceInvoker;
import java.util.concurrent.CompletionStage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The last room: the context of a call, and the method of the user's object. */
@State(Scope.Thread)
public class ServiceCost {
    private final ServiceInvoker service = new ServiceInvoker(Contract.USERS, new Users());
    private final Request request = Contract.existUser();

    @Benchmark
    public CompletionStage<Response> existUser() {
        return service.invoke(request);
    }
}
