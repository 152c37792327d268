package io.bowline.rpc.filter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the answers of one method again to calls of equal arguments. Failures are never kept, and it stands below the
 * fallback, so an answer of that is not either. All callers are given the same object as a result: nobody may change it.
 *
 * <p>It stands above a {@link CoalesceFilter}, so that what is missing, or old, is fetched once however many ask.
 */
public final class CacheFilter implements Filter {
    private static final Logger log = LoggerFactory.getLogger(CacheFilter.class);

    private final CachePolicy policy;
    private final Timer timer;
    private final Cache<CallKey, Entry> entries;

    /** An answer, and the moment from which it is to be fetched anew; whoever moves that moment on fetches it. */
    private record Entry(Response response, AtomicLong refreshAtNanos) {}

    public CacheFilter(CachePolicy policy, Timer timer) {
        this.policy = policy;
        this.timer = timer;
        // What there is to tidy up is little, and a thread pool that nobody named is no place for it.
        entries = Caffeine.newBuilder()
                .maximumSize(policy.maxEntries())
                .expireAfterWrite(policy.ttl())
                .ticker(timer::nanoTime)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        CallKey key = CallKey.of(request, policy.labels());
        Entry known = entries.getIfPresent(key);
        if (known == null) {
            return fetched(key, request, next);
        }
        if (!policy.refresh().isZero()) {
            refresh(key, known, request, next);
        }
        return CompletableFuture.completedFuture(known.response);
    }

    private CompletionStage<Response> fetched(CallKey key, Request request, Invoker next) {
        return next.attempt(request).thenApply(response -> {
            long refreshAt = timer.nanoTime() + policy.refresh().toNanos();
            entries.put(key, new Entry(response, new AtomicLong(refreshAt)));
            return response;
        });
    }

    /** Once an interval at most, whatever becomes of it: a provider in trouble is not asked with every hit. */
    private void refresh(CallKey key, Entry known, Request request, Invoker next) {
        long due = known.refreshAtNanos.get();
        long now = timer.nanoTime();
        if (now - due < 0
                || !known.refreshAtNanos.compareAndSet(
                        due, now + policy.refresh().toNanos())) {
            return;
        }
        Deadline deadline = Deadline.after(
                request.deadline().limit(), now, request.deadline().origin());
        Request own = request.withDeadline(deadline).withCancellation(new Cancellation());
        fetched(key, own, next).whenComplete((response, thrown) -> {
            if (thrown != null) {
                log.debug("An answer of {} was not refreshed", request.method(), thrown);
            }
        });
    }
}
