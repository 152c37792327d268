package io.bowline.rpc.registry.zookeeper;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before trying again: exponential, with full jitter (M. Brooker, "Exponential Backoff And Jitter",
 * 2015). Confined to the registry's thread.
 */
final class Backoff {
    private static final long FIRST = Duration.ofMillis(100).toMillis();
    private static final long MOST = Duration.ofSeconds(30).toMillis();

    private long limit = FIRST;

    /** The next delay: anything from nothing to the limit, which then doubles. */
    Duration next() {
        long delay = ThreadLocalRandom.current().nextLong(limit + 1);
        limit = Math.min(limit * 2, MOST);
        return Duration.ofMillis(delay);
    }

    /** Begins anew: things are well. */
    void reset() {
        limit = FIRST;
    }
}
