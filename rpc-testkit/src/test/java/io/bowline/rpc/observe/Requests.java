package io.bowline.rpc.observe;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls without an engine. */
final class Requests {
    static final RpcMethod FIND = RpcMethod.builder(new ServiceName("demo.Shop", "1.2", "blue"), "find(long)")
            .build();
    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private Requests() {}

    /** One that arrives, or begins, now. */
    static Request of(RpcMethod method, Timer timer, Metadata labels, Object... arguments) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(4), timer.nanoTime(), "caller");
        return new Request(method, arguments, labels, deadline, new Cancellation(), "10.0.0.7:41234");
    }

    static Metadata traced() {
        return Metadata.of("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
    }

    static Invoker answering() {
        return request -> CompletableFuture.completedFuture(Response.of("tea"));
    }
}
