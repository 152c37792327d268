package io.bowline.benchmark.micro;

import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.Timer;
import io.bowline.rpc.service.ContractCodecs;
import io.bowline.rpc.service.ContractMethod;
import io.bowline.rpc.service.ServiceContract;
import io.bowline.rpc.wire.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The benchmark's contract as the engine sees it. */
final class Contract {
    static final ServiceContract USERS = ServiceContract.of(UserService.class, "", "");

    private Contract() {}

    static List<RpcMethod> methods() {
        return USERS.methods().stream().map(ContractMethod::rpc).toList();
    }

    /** A method by its Java name. */
    static RpcMethod method(String name) {
        return methods().stream()
                .filter(method -> method.name().startsWith(name + "("))
                .findFirst()
                .orElseThrow();
    }

    static ContractCodecs codecs(String serializer) {
        Serializer found = Plugins.load(Serializer.class, Serializer::name).named(serializer);
        return ContractCodecs.of(methods(), found, USERS.types(Set.of()));
    }

    /** A call of {@code existUser} that has all the time of the world. */
    static Request existUser() {
        return new Request(
                method("existUser"),
                new Object[] {Users.EMAIL},
                Metadata.EMPTY,
                Deadline.after(Duration.ofDays(1), Timer.system().nanoTime(), "benchmark"),
                new Cancellation(),
                "");
    }
}
