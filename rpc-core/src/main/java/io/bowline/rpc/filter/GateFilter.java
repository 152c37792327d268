package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts one {@link Gate} around all calls that pass here. What it keeps out fails as {@code OVERLOADED} and was certainly
 * not begun. A call that ends on the spot, as nearly all do on a server, costs no object here.
 */
public final class GateFilter implements Filter {
    private final Gate gate;
    private final Timer timer;

    public GateFilter(Gate gate, Timer timer) {
        this.gate = gate;
        this.timer = timer;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        long began = timer.nanoTime();
        if (!gate.tryEnter(began)) {
            return CompletableFuture.failedFuture(RpcException.unprocessed(
                    Code.OVERLOADED, request.method() + " was kept out by " + gate.why(began) + "; it was not begun"));
        }
        CompletionStage<Response> call = next.attempt(request);
        if (call instanceof CompletableFuture<Response> known && known.isDone() && !known.isCompletedExceptionally()) {
            left(began, null);
        } else {
            Passage passage = new Passage(began);
            call.whenComplete(passage);
            if (!passage.get()) {
                // Once nobody waits, a call that never ends must not keep its place.
                request.cancellation().onCancel(passage);
            }
        }
        return call;
    }

    private void left(long began, @Nullable Code failure) {
        long now = timer.nanoTime();
        gate.left(now - began, now, failure);
    }

    /** A call that is under way; true once it has left. */
    @SuppressWarnings("serial") // An AtomicBoolean to save an object; nobody writes it.
    private final class Passage extends AtomicBoolean
            implements BiConsumer<@Nullable Response, @Nullable Throwable>, Runnable {
        private final long began;

        Passage(long began) {
            this.began = began;
        }

        @Override
        public void accept(@Nullable Response response, @Nullable Throwable thrown) {
            if (compareAndSet(false, true)) {
                left(began, thrown == null ? null : RpcException.from(thrown).code());
            }
        }

        @Override
        public void run() {
            if (compareAndSet(false, true)) {
                left(began, Code.CANCELLED);
            }
        }
    }
}
