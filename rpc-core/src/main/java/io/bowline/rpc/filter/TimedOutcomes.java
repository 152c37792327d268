package io.bowline.rpc.filter;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The calls of the last while: ten buckets of a tenth each. A bucket whose time has come round again is emptied by the
 * first call that finds it; a call that races with the emptying may be lost, which no rate of many calls notices.
 */
final class TimedOutcomes implements Outcomes {
    private static final int BUCKETS = 10;
    private static final int CALLS = 1;
    private static final int FAILED = 2;
    private static final int SLOW = 3;
    private static final int CELLS = 4;

    /** A bucket is four cells: the number of its tenth, then calls, failed ones, slow ones. */
    private final AtomicLongArray cells = new AtomicLongArray(BUCKETS * CELLS);

    private final long startNanos;
    private final long tenthNanos;

    TimedOutcomes(Duration time, long nowNanos) {
        startNanos = nowNanos;
        tenthNanos = time.toNanos() / BUCKETS;
    }

    @Override
    public void add(boolean failed, boolean slow, long nowNanos) {
        long tenth = tenth(nowNanos);
        int bucket = (int) (tenth % BUCKETS) * CELLS;
        long known = cells.get(bucket);
        if (known != tenth && known < tenth && cells.compareAndSet(bucket, known, tenth)) {
            for (int cell = CALLS; cell < CELLS; cell++) {
                cells.set(bucket + cell, 0);
            }
        }
        cells.getAndIncrement(bucket + CALLS);
        if (failed) {
            cells.getAndIncrement(bucket + FAILED);
        }
        if (slow) {
            cells.getAndIncrement(bucket + SLOW);
        }
    }

    @Override
    public Count count(long nowNanos) {
        long tenth = tenth(nowNanos);
        long calls = 0;
        long failed = 0;
        long slow = 0;
        for (int bucket = 0; bucket < BUCKETS * CELLS; bucket += CELLS) {
            if (tenth - cells.get(bucket) < BUCKETS) {
                calls += cells.get(bucket + CALLS);
                failed += cells.get(bucket + FAILED);
                slow += cells.get(bucket + SLOW);
            }
        }
        return new Count(calls, failed, slow);
    }

    private long tenth(long nowNanos) {
        return Math.max(0, nowNanos - startNanos) / tenthNanos;
    }
}
