package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many calls a second begin, and a burst at once: a token bucket, kept as the one moment at which it would be
 * full again (the generic cell rate algorithm, ITU-T I.371, Annex A). Nothing refills it; time does.
 */
public final class RateLimit implements Gate {
    private final String name;
    private final RateLimitPolicy policy;
    private final String origin;
    private final long intervalNanos;
    private final long burstNanos;

    /** When the bucket is full again, on the timer's clock; compared by difference. */
    private final AtomicLong full;

    /**
     * @param name whose calls these are, for messages
     * @param origin who set the policy, for messages
     */
    public RateLimit(String name, RateLimitPolicy policy, String origin, long nowNanos) {
        this.name = name;
        this.policy = policy;
        this.origin = origin;
        intervalNanos = (long) (1e9 / policy.perSecond());
        burstNanos = intervalNanos * policy.burst();
        full = new AtomicLong(nowNanos);
    }

    @Override
    public boolean tryEnter(long nowNanos) {
        while (true) {
            long known = full.get();
            long next = (known - nowNanos > 0 ? known : nowNanos) + intervalNanos;
            if (next - nowNanos > burstNanos) {
                return false;
            }
            if (full.compareAndSet(known, next)) {
                return true;
            }
        }
    }

    @Override
    public void left(long tookNanos, long nowNanos, @Nullable Code failure) {
        // What has begun has been counted.
    }

    @Override
    public void withdrawn() {
        full.addAndGet(-intervalNanos);
    }

    @Override
    public String why(long nowNanos) {
        return "rate limit (" + origin + ") of " + name + ", " + policy.perSecond() + " calls a second, "
                + policy.burst() + " at once";
    }
}
