package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many calls be under way at once: a fixed number, or one that it finds out.
 *
 * <p><b>Adaptive.</b> By Little's law, a limit that is too high shows as time spent in somebody's queue. So response times
 * of now are compared with those of a long while: {@code gradient = clamp(0.5, 1.5 × long / now, 1)}, and the limit goes
 * to {@code limit × gradient + 4} by a fifth of the way for each call. The 4 are the queue that is allowed, and what the
 * limit grows by while times are steady. Where the long average stands far above the present it is brought down faster,
 * and a limit that is not half used stays as it is. Source: {@code Gradient2Limit} of Netflix' concurrency-limits. Unlike
 * there, a call that ran out of time or was refused for want of room takes a tenth off the limit, as in AIMD (D. Chiu and
 * R. Jain, 1989): its time is no response time.
 *
 * <p>On the way in and out a call moves one counter. One thread at a time works on the limit; the others go on, and what
 * they would have told is left out.
 */
public final class ConcurrencyLimit implements Gate {
    private static final double TOLERANCE = 1.5;
    private static final double SMOOTHING = 0.2;
    private static final double BACKOFF = 0.9;
    private static final int QUEUE = 4;
    private static final int WARM_UP = 10;
    private static final int LONG_WINDOW = 600;

    private final String name;
    private final ConcurrencyLimitPolicy policy;
    private final String origin;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean updating = new AtomicBoolean();

    private volatile double limit;

    /** Written by the thread that holds {@link #updating}, as below. */
    private double longNanos;

    private int samples;

    /**
     * @param name whose calls these are, for messages
     * @param origin who set the policy, for messages
     */
    public ConcurrencyLimit(String name, ConcurrencyLimitPolicy policy, String origin) {
        this.name = name;
        this.policy = policy;
        this.origin = origin;
        limit = policy.initial();
    }

    @Override
    public boolean tryEnter(long nowNanos) {
        if (inFlight.incrementAndGet() <= (int) limit) {
            return true;
        }
        inFlight.decrementAndGet();
        return false;
    }

    @Override
    public void left(long tookNanos, long nowNanos, @Nullable Code failure) {
        int then = inFlight.getAndDecrement();
        boolean dropped = failure == Code.DEADLINE_EXCEEDED || failure == Code.OVERLOADED;
        boolean answered = failure == null || failure == Code.APPLICATION;
        if (policy.adapts() && (dropped || answered) && updating.compareAndSet(false, true)) {
            double next = dropped ? limit * BACKOFF : afterAnswer(Math.max(1, tookNanos), then);
            limit = Math.max(policy.min(), Math.min(policy.max(), next));
            updating.set(false);
        }
    }

    private double afterAnswer(long tookNanos, int then) {
        if (samples < WARM_UP) {
            samples++;
            longNanos += (tookNanos - longNanos) / samples;
        } else {
            longNanos += (tookNanos - longNanos) * 2 / (LONG_WINDOW + 1);
        }
        if (longNanos > 2.0 * tookNanos) {
            longNanos *= 0.95;
        }
        double now = limit;
        if (then < now / 2) {
            return now;
        }
        double gradient = Math.max(0.5, Math.min(1, TOLERANCE * longNanos / tookNanos));
        return now * (1 - SMOOTHING) + (now * gradient + QUEUE) * SMOOTHING;
    }

    @Override
    public void withdrawn() {
        inFlight.decrementAndGet();
    }

    /** The limit at this moment. */
    public int limit() {
        return (int) limit;
    }

    /** Calls under way. */
    public int inFlight() {
        return inFlight.get();
    }

    @Override
    public String why(long nowNanos) {
        return "limit (" + origin + ") of " + limit() + " calls at once of " + name
                + (policy.adapts() ? ", found between " + policy.min() + " and " + policy.max() : "");
    }
}
