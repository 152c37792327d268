package io.bowline.rpc;

import java.time.Duration;

/**
 * The moment at which a caller stops waiting, on the local {@link Timer#nanoTime() nanosecond clock}.
 *
 * <p>On the wire only the remaining time travels, so clocks need not agree. A deadline knows the limit that it came
 * from and who set that limit, so a time-out can name both.
 *
 * @param atNanos the moment, in terms of {@link Timer#nanoTime()}; compare by difference only
 * @param limit the whole time that was granted
 * @param origin who granted it: {@code default}, {@code caller}, {@code property rpc.client.…}
 */
public record Deadline(long atNanos, Duration limit, String origin) {
    /** A deadline of {@code limit} from {@code nowNanos}. */
    public static Deadline after(Duration limit, long nowNanos, String origin) {
        return new Deadline(nowNanos + limit.toNanos(), limit, origin);
    }

    /** What is left, in nanoseconds; zero or negative once it has passed. */
    public long remainingNanos(long nowNanos) {
        return atNanos - nowNanos;
    }

    public boolean hasPassed(long nowNanos) {
        return atNanos - nowNanos <= 0;
    }

    /** The one that passes first. */
    public Deadline earlier(Deadline other) {
        return atNanos - other.atNanos <= 0 ? this : other;
    }

    @Override
    public String toString() {
        return limit.toMillis() + " ms (" + origin + ")";
    }
}
