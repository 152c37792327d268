package io.bowline.rpc.sentinel;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.transport.IoThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Run by a loader of its own, which does not see Sentinel's extension for arguments. */
final class WithoutExtension {
    private WithoutExtension() {}

    /** A thread on which the filter looks through the rules. */
    private static final class Io extends Thread implements IoThread {
        Io(Runnable task) {
            super(task);
        }
    }

    /** What a call and then a look at rules of arguments fail with. */
    static String run() throws InterruptedException {
        SentinelRules.FLOW.load("a test", "[{\"resource\": \"demo.Greeter\", \"count\": 0}]");
        AtomicReference<String> refused = new AtomicReference<>();
        Thread io = new Io(() -> refused.set(call()));
        io.start();
        io.join();
        try {
            SentinelRules.paramFlow();
            return "param-flow rules are there";
        } catch (RpcException absent) {
            return refused.get() + " " + absent.getMessage();
        }
    }

    private static String call() {
        RpcMethod method =
                RpcMethod.builder(ServiceName.of("demo.Greeter"), "hello()").build();
        Deadline deadline = Deadline.after(Duration.ofSeconds(3), System.nanoTime(), "test");
        return SentinelFilter.server()
                .before(request -> CompletableFuture.completedFuture(Response.of("hello")))
                .invoke(new Request(method, new Object[0], Metadata.EMPTY, deadline, new Cancellation(), ""))
                .handle((response, thrown) ->
                        thrown == null ? "passed" : RpcException.from(thrown).getMessage())
                .toCompletableFuture()
                .join();
    }
}
