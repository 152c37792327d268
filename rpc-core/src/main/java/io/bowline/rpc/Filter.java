package io.bowline.rpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What stands around a call: it may change the request, answer in place of the next invoker, call it several times, or
 * look at its outcome.
 *
 * <p>Written once, a filter serves synchronous, asynchronous and one-way calls, on the client and on the server. It is
 * called from any thread, several at once, and must not block. It may throw: {@link #before} turns what it throws into
 * a failed stage.
 */
@FunctionalInterface
public interface Filter {
    /** Handles one call; {@code next} is the rest of the way. */
    CompletionStage<Response> apply(Request request, Invoker next);

    /**
     * Whether this filter only looks on. On a server such filters stand before whatever may refuse a call, limits and
     * deadlines among it, and see each call once: those, too, that were refused before their arguments were read, which
     * come without any. On a client all filters stand there. Asked when a client or a server is built.
     */
    default boolean observes() {
        return false;
    }

    /** Puts this filter in front of an invoker. This is the one combinator; it is folded at build, never per call. */
    default Invoker before(Invoker next) {
        return request -> {
            try {
                return apply(request, next);
            } catch (Throwable thrown) {
                return CompletableFuture.failedFuture(RpcException.from(thrown));
            }
        };
    }

    /** Puts filters in front of an invoker; the first of the list is the outermost. */
    static Invoker chain(List<? extends Filter> filters, Invoker last) {
        Invoker invoker = last;
        for (int i = filters.size() - 1; i >= 0; i--) {
            invoker = filters.get(i).before(invoker);
        }
        return invoker;
    }
}
