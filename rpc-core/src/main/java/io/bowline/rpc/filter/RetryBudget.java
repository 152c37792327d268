package io.bowline.rpc.filter;

import io.bowline.rpc.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What keeps retries from becoming the outage: over time a client may try again at most a part of its calls, and a small
 * number a second whatever the calls. One budget serves all references of a client. Thread-safe, without locks.
 *
 * <p>A token bucket in the manner of Finagle's {@code RetryBudget}: each call pays in a part of a token, each retry takes
 * a whole one. A full bucket, which is the healthy state, is only read, never written.
 */
public final class RetryBudget {
    private static final long TOKEN = 1_000;
    private static final long CAPACITY = 100 * TOKEN;

    private final Timer timer;
    private final long perCall;
    private final long perSecond;
    private final AtomicLong balance = new AtomicLong(CAPACITY);
    private final AtomicLong lastFloor;

    /**
     * @param ratio retries per call, 0 to 1
     * @param perSecond retries a second that are always granted
     */
    public RetryBudget(Timer timer, double ratio, int perSecond) {
        if (!(ratio >= 0 && ratio <= 1) || perSecond < 0) {
            throw new IllegalArgumentException(
                    "ratio: " + ratio + ", perSecond: " + perSecond + " (expected: 0 to 1, >= 0)");
        }
        this.timer = timer;
        this.perCall = Math.round(ratio * TOKEN);
        this.perSecond = perSecond * TOKEN;
        this.lastFloor = new AtomicLong(timer.nanoTime());
    }

    /** A tenth of the calls, and ten a second. */
    public static RetryBudget standard(Timer timer) {
        return new RetryBudget(timer, 0.1, 10);
    }

    /** Counts a first attempt. */
    public void paidCall() {
        if (balance.get() < CAPACITY) {
            balance.addAndGet(perCall);
        }
    }

    /** Takes one retry out of the budget; false when it is spent. */
    public boolean tryRetry() {
        payFloor();
        long before = balance.getAndUpdate(tokens -> tokens >= TOKEN ? Math.min(tokens, CAPACITY) - TOKEN : tokens);
        return before >= TOKEN;
    }

    private void payFloor() {
        long now = timer.nanoTime();
        long last = lastFloor.get();
        long due = (long) ((double) (now - last) * perSecond / TimeUnit.SECONDS.toNanos(1));
        if (due > 0 && lastFloor.compareAndSet(last, now)) {
            balance.addAndGet(Math.min(due, perSecond));
        }
    }
}
