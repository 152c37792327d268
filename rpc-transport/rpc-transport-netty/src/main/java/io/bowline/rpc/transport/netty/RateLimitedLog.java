package io.bowline.rpc.transport.netty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Warnings that a peer can provoke: one line in ten seconds, with how many were left out. Thread-safe. */
final class RateLimitedLog {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Logger log;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong leftOut = new AtomicLong();

    RateLimitedLog(Logger log) {
        this.log = log;
    }

    void warn(String what, Object about, String why) {
        long now = System.nanoTime();
        long next = nextNanos.get();
        if (now - next >= 0 && nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
            log.warn("{} {}: {} ({} more such lines left out)", what, about, why, leftOut.getAndSet(0));
        } else {
            leftOut.incrementAndGet();
        }
    }
}
