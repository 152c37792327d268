package io.bowline.rpc.filter;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs each call of one method once on this server: who comes with a key that is known is given the end of the first run,
 * be it a result or a failure, and waits for it if need be. What certainly was not begun is not known.
 *
 * <p>A run belongs to its key and not to its caller: it does not hear of a caller who goes away, since who asks again
 * wants its result. It stands last before the service, so that whoever asks passes all other filters, rights among them.
 *
 * <p>Known runs stand in the order of their ends, without a lock or a thread; the oldest goes when its time is up or when
 * there are too many. One that is under way is always known. Thread-safe.
 */
public final class DuplicateFilter implements Filter {
    private final DuplicatePolicy policy;
    private final Function<Request, @Nullable Object> key;
    private final Timer timer;
    private final ConcurrentMap<Object, Run> runs = new ConcurrentHashMap<>();
    private final Queue<Run> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger endedCount = new AtomicInteger();

    private static final class Run {
        final Object key;
        final CompletableFuture<Response> end = new CompletableFuture<>();

        /** Written before the run is put among those that have ended. */
        volatile long endedNanos;

        Run(Object key) {
            this.key = key;
        }
    }

    /** @param key of a call, with {@code equals}; null for a call that is always run */
    public DuplicateFilter(DuplicatePolicy policy, Function<Request, @Nullable Object> key, Timer timer) {
        this.policy = policy;
        this.key = key;
        this.timer = timer;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        Object name = key.apply(request);
        if (name == null) {
            return next.invoke(request);
        }
        forget();
        Run own = new Run(name);
        Run known = runs.putIfAbsent(name, own);
        if (known == null) {
            run(own, request, next);
        }
        // A copy: whoever gives up the one stage leaves the run to the others.
        return (known == null ? own : known).end.copy();
    }

    private void run(Run run, Request request, Invoker next) {
        next.attempt(request.withCancellation(new Cancellation())).whenComplete((response, thrown) -> {
            RpcException failure = thrown == null ? null : RpcException.from(thrown);
            if (failure != null && failure.unprocessed()) {
                runs.remove(run.key, run);
            } else {
                run.endedNanos = timer.nanoTime();
                ended.add(run);
                endedCount.incrementAndGet();
                forget();
            }
            if (failure == null) {
                run.end.complete(response);
            } else {
                run.end.completeExceptionally(failure);
            }
        });
    }

    /** Those that are too old or too many. Whoever takes one out of the queue forgets it; the others look again. */
    private void forget() {
        long now = timer.nanoTime();
        for (Run oldest = ended.peek(); oldest != null; oldest = ended.peek()) {
            boolean old = now - oldest.endedNanos >= policy.window().toNanos();
            if (!old && endedCount.get() <= policy.maxCalls()) {
                return;
            }
            if (ended.remove(oldest)) {
                endedCount.decrementAndGet();
                runs.remove(oldest.key, oldest);
            }
        }
    }
}
