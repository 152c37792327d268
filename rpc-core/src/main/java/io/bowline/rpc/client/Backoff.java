package io.bowline.rpc.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts to connect: exponential, with full jitter, so that a fleet that lost one provider does not
 * come back in step (M. Brooker, "Exponential Backoff And Jitter", 2015).
 *
 * @param first the longest pause after the first failure; doubled with each further one
 * @param most the longest pause at all
 */
record Backoff(Duration first, Duration most) {
    static final Backoff DEFAULT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private static final long LEAST_NANOS = Duration.ofMillis(10).toNanos();

    /** A pause after so many failures in a row, at least 10 ms. */
    Duration after(int failures) {
        long longest = Math.min(most.toNanos(), first.toNanos() << Math.min(failures - 1, 20));
        return Duration.ofNanos(LEAST_NANOS + ThreadLocalRandom.current().nextLong(Math.max(1, longest)));
    }
}
