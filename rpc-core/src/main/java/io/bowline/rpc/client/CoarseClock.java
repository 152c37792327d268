package io.bowline.rpc.client;

import io.bowline.rpc.Timer;

/**
 * The time of the newest answer, to about a millisecond: a clock for comparing averages that decay. Thread-safe.
 *
 * <p>Decay by {@code e^(-age/decay)} makes all averages smaller by the same factor as time goes by, so which of two is the
 * smaller one does not depend on the moment, as long as it is the same for both and not before either was observed. The
 * time of the newest answer is such a moment. To ask the machine's clock would cost more than the rest of a pick, once
 * for each node, and would keep the processor from fetching the memory of two nodes at a time.
 */
final class CoarseClock {
    private static final long RESOLUTION_NANOS = 1 << 20;

    private volatile long newest;

    CoarseClock(Timer timer) {
        newest = timer.nanoTime();
    }

    /** An answer has come. Writes about a thousand times a second, however many come. */
    void answered(long nowNanos) {
        if (nowNanos - newest >= RESOLUTION_NANOS) {
            newest = nowNanos;
        }
    }

    /** In terms of {@link Timer#nanoTime()}. */
    long nanoTime() {
        return newest;
    }
}
