package io.bowline.rpc.client;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Calls one provider and nobody else. While the connection is being made, a call waits for it, as long as its deadline
 * allows; what is down fails at once. Thread-safe.
 */
final class PinnedInvoker implements Invoker {
    private final RemoteInvoker node;
    private final Timer timer;

    PinnedInvoker(RemoteInvoker node, Timer timer) {
        this.node = node;
        this.timer = timer;
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        return node.pool().ready() == null ? whenConnected(request) : node.invokeHere(request);
    }

    private CompletionStage<Response> whenConnected(Request request) {
        ConnectionPool pool = node.pool();
        CompletableFuture<Boolean> gate = new CompletableFuture<>();
        Runnable look = () -> {
            switch (pool.state()) {
                case READY -> gate.complete(true);
                case CONNECTING, IDLE -> {}
                case DRAINING, DOWN, CLOSED -> gate.complete(false);
            }
        };
        Duration left = Duration.ofNanos(Math.max(0, request.deadline().remainingNanos(timer.nanoTime())));
        Cancellation.Registration alarm = timer.schedule(left, () -> gate.complete(false));
        Cancellation.Registration cancelled = request.cancellation().onCancel(() -> gate.complete(false));
        pool.listen(look);
        pool.openIdle();
        look.run();
        return gate.whenComplete((ready, never) -> {
                    pool.forget(look);
                    alarm.close();
                    cancelled.close();
                })
                .thenCompose(ready ->
                        ready ? node.invokeHere(request) : CompletableFuture.failedFuture(notReached(request)));
    }

    private RpcException notReached(Request request) {
        if (request.cancellation().isCancelled()) {
            return RpcException.unprocessed(
                    Code.CANCELLED, request.method() + " was cancelled before " + node.address() + " was connected");
        }
        RpcException failure = node.pool().lastFailure();
        String why = failure == null ? "no connection within " + request.deadline() : failure.getMessage();
        return RpcException.unprocessed(
                Code.CONNECT_FAILED, request.method() + " was not sent to " + node.address() + ": " + why);
    }
}
