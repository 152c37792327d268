package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Never starts what nobody waits for any more: a call whose deadline has passed, or that is cancelled, fails here, on
 * the client before it is sent and on the server before the service sees it.
 */
public final class DeadlineFilter implements Filter {
    private final Timer timer;
    private final String place;

    /** @param place where this stands, for the message: {@code not sent}, {@code not started} */
    public DeadlineFilter(Timer timer, String place) {
        this.timer = timer;
        this.place = place;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        Deadline deadline = request.deadline();
        long late = -deadline.remainingNanos(timer.nanoTime());
        if (late >= 0) {
            return CompletableFuture.failedFuture(RpcException.unprocessed(
                    Code.BUDGET_SPENT,
                    request.method() + " was " + place + ": its deadline of " + deadline + " passed " + late / 1_000_000
                            + " ms ago; the caller had spent the time before"));
        }
        if (request.cancellation().isCancelled()) {
            return CompletableFuture.failedFuture(RpcException.unprocessed(
                    Code.CANCELLED, request.method() + " was " + place + ": the caller cancelled it before"));
        }
        return next.invoke(request);
    }
}
