package io.bowline.rpc.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What is to go wrong with the next calls: how many are left of each fault, shared by all connections. Thread-safe. */
record FlakyFaults(
        AtomicInteger refuse,
        AtomicInteger loseRequest,
        AtomicInteger loseResponse,
        AtomicInteger cut,
        AtomicReference<Duration> delay) {

    static FlakyFaults none() {
        return new FlakyFaults(
                new AtomicInteger(),
                new AtomicInteger(),
                new AtomicInteger(),
                new AtomicInteger(),
                new AtomicReference<>(Duration.ZERO));
    }

    /** Whether one is left; takes it, unless it is {@link FlakyTransport#ALL}. */
    static boolean strikes(AtomicInteger left) {
        return left.getAndUpdate(count -> count == FlakyTransport.ALL ? count : Math.max(0, count - 1)) > 0;
    }

    void clear() {
        refuse.set(0);
        loseRequest.set(0);
        loseResponse.set(0);
        cut.set(0);
        delay.set(Duration.ZERO);
    }
}
