package io.bowline.rpc.observe;

import io.bowline.rpc.Deadline;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How filters that look on hear the end of a call. */
final class CallEnd {
    private CallEnd() {}

    /**
     * Tells of the end with the failure, null for none; at once if the call was answered on the spot.
     *
     * @return the stage itself: nobody else waits for who is told
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the caller has the stage, failures included
    static CompletionStage<Response> of(CompletionStage<Response> call, Consumer<@Nullable RpcException> ended) {
        if (call instanceof CompletableFuture<Response> known && known.isDone() && !known.isCompletedExceptionally()) {
            ended.accept(null);
        } else {
            call.whenComplete((response, thrown) -> ended.accept(thrown == null ? null : RpcException.from(thrown)));
        }
        return call;
    }

    /** When a request arrived at its server, which counts its deadline from there. */
    static long arrivedNanos(Deadline deadline) {
        return deadline.atNanos() - deadline.limit().toNanos();
    }
}
