package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls from what fails or crawls, and finds out by a few probes when it has recovered (M. Nygard, "Release It!",
 * 2007). Closed, it lets all in and counts; open, it keeps all out for a while; half open, it lets its probes in.
 *
 * <p>Each phase is an object with its own figures, replaced whole by compare-and-set, so a phase begins without a past.
 * While all is well a call costs one volatile read on its way in and its count on the way out; rates are worked out only
 * when a call went wrong. There is no timer: an open breaker turns half open with the first call that comes late enough.
 */
public final class CircuitBreaker implements Gate {
    private static final Logger log = LoggerFactory.getLogger(CircuitBreaker.class);

    private final String name;
    private final CircuitBreakerPolicy policy;
    private final String origin;
    private final long openNanos;
    private final long slowNanos;
    private final AtomicReference<Phase> phase;

    private sealed interface Phase {}

    private record Closed(Outcomes outcomes) implements Phase {}

    private record Open(long sinceNanos, String reason) implements Phase {}

    private record HalfOpen(long sinceNanos, String reason, AtomicInteger left, AtomicInteger missing)
            implements Phase {}

    /**
     * @param name whose calls these are, for messages and the log
     * @param origin who set the policy, for messages
     */
    public CircuitBreaker(String name, CircuitBreakerPolicy policy, String origin, long nowNanos) {
        this.name = name;
        this.policy = policy;
        this.origin = origin;
        openNanos = policy.open().toNanos();
        slowNanos = policy.slow().counts() ? policy.slow().after().toNanos() : Long.MAX_VALUE;
        phase = new AtomicReference<>(closed(nowNanos));
    }

    @Override
    public boolean tryEnter(long nowNanos) {
        while (true) {
            Phase now = phase.get();
            if (now instanceof Closed) {
                return true;
            }
            if (now instanceof HalfOpen half) {
                return half.left.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            }
            Open open = (Open) now;
            if (nowNanos - open.sinceNanos < openNanos) {
                return false;
            }
            phase.compareAndSet(open, halfOpen(nowNanos, open.reason));
        }
    }

    @Override
    public void left(long tookNanos, long nowNanos, @Nullable Code failure) {
        boolean failed = failure != null && policy.failures().contains(failure);
        if (!failed && failure != null && failure != Code.APPLICATION) {
            withdrawn();
            return;
        }
        boolean slow = tookNanos > slowNanos;
        Phase now = phase.get();
        if (now instanceof Closed closed) {
            closed.outcomes.add(failed, slow, nowNanos);
            if (failed || slow) {
                judge(closed, nowNanos);
            }
        } else if (now instanceof HalfOpen half && nowNanos - tookNanos - half.sinceNanos >= 0) {
            probed(half, failed || slow, nowNanos);
        }
    }

    private void judge(Closed closed, long nowNanos) {
        Outcomes.Count count = closed.outcomes.count(nowNanos);
        if (count.calls() < policy.window().minCalls()) {
            return;
        }
        if (count.failed() >= policy.failureRate() * count.calls()) {
            open(closed, nowNanos, count.failed() + " of " + count.calls() + " calls failed");
        } else if (count.slow() >= policy.slow().rate() * count.calls()) {
            open(
                    closed,
                    nowNanos,
                    count.slow() + " of " + count.calls() + " calls took more than "
                            + policy.slow().after().toMillis() + " ms");
        }
    }

    private void probed(HalfOpen half, boolean bad, long nowNanos) {
        if (bad) {
            open(half, nowNanos, half.reason + ", and a probe went no better");
        } else if (half.missing.decrementAndGet() == 0 && phase.compareAndSet(half, closed(nowNanos))) {
            log.info("Circuit breaker of {} is closed again: {} probes went well", name, policy.probes());
        }
    }

    private void open(Phase from, long nowNanos, String reason) {
        if (phase.compareAndSet(from, new Open(nowNanos, plain(reason))) && from instanceof Closed) {
            log.info(
                    "Circuit breaker of {} is open for {} ms: {}",
                    name,
                    policy.open().toMillis(),
                    reason);
        }
    }

    /** A reason does not grow with each probe that goes wrong. */
    private static String plain(String reason) {
        int first = reason.indexOf(", and a probe");
        return first < 0 ? reason : reason.substring(0, first) + ", and a probe went no better";
    }

    @Override
    public void withdrawn() {
        if (phase.get() instanceof HalfOpen half) {
            // A call of a former phase may give back a probe that is not its own: then one more is let in.
            half.left.getAndUpdate(left -> Math.min(policy.probes(), left + 1));
        }
    }

    @Override
    public String why(long nowNanos) {
        String what = "circuit breaker (" + origin + ") of " + name;
        Phase now = phase.get();
        if (now instanceof Open open) {
            long left = Math.max(0, openNanos - (nowNanos - open.sinceNanos));
            return what + ", open for another " + seconds(left) + " since " + open.reason;
        }
        return now instanceof HalfOpen half
                ? what + ", half open with its " + policy.probes() + " probes under way since " + half.reason
                : what + ", closed";
    }

    private static String seconds(long nanos) {
        return String.format(
                Locale.ROOT, "%.1f s", nanos / (double) Duration.ofSeconds(1).toNanos());
    }

    private Closed closed(long nowNanos) {
        CircuitBreakerPolicy.Window window = policy.window();
        return new Closed(
                window.calls() > 0 ? new CountedOutcomes(window.calls()) : new TimedOutcomes(window.time(), nowNanos));
    }

    private HalfOpen halfOpen(long nowNanos, String reason) {
        return new HalfOpen(nowNanos, reason, new AtomicInteger(policy.probes()), new AtomicInteger(policy.probes()));
    }
}
