package io.bowline.rpc.observe;

import java.util.concurrent.TimeUnit;

/** Bounds the entries of a log to so many a minute, and counts those that are left out. Thread-safe. */
final class LineBudget {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int most;

    /** Guarded by this, as all below. */
    private long minute;

    private int written;
    private long leftOut;

    LineBudget(int most, long nowNanos) {
        this.most = most;
        minute = nowNanos;
    }

    /** How many were left out since the last one, if one may be written now; less than nothing if not. */
    synchronized long tryWrite(long nowNanos) {
        if (nowNanos - minute >= MINUTE) {
            minute = nowNanos;
            written = 0;
        }
        if (written >= most) {
            leftOut++;
            return -1;
        }
        written++;
        long before = leftOut;
        leftOut = 0;
        return before;
    }
}
