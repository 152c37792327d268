package io.bowline.rpc.observe;

import io.bowline.rpc.Timer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Values of the last one to two minutes, counted in ranges of an eighth of a power of two each, as HdrHistogram divides
 * them: 4 KiB, whatever comes. A quantile is the upper end of the range in which it lies. Thread-safe.
 */
final class Distribution {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int FRACTION_BITS = 3;
    private static final int SHIFT = 52 - FRACTION_BITS;

    /** Below a thousand millionth all is one range, and so is all above some 8,000 million. */
    private static final long FIRST = Double.doubleToRawLongBits(0x1p-30) >>> SHIFT;

    private static final int RANGES = (int) ((Double.doubleToRawLongBits(0x1p33) >>> SHIFT) - FIRST);

    private final Timer timer;
    private final LongAdder count = new LongAdder();
    private final DoubleAdder sum = new DoubleAdder();
    private final AtomicReference<Windows> windows;

    private record Windows(long begun, AtomicIntegerArray now, AtomicIntegerArray before) {}

    Distribution(Timer timer) {
        this.timer = timer;
        windows = new AtomicReference<>(new Windows(timer.nanoTime(), empty(), empty()));
    }

    private static AtomicIntegerArray empty() {
        return new AtomicIntegerArray(RANGES);
    }

    void record(double value) {
        double counted = value > 0 ? value : 0; // what is not a number counts as nothing, too
        count.increment();
        sum.add(counted);
        current().now().incrementAndGet(range(counted));
    }

    private static int range(double value) {
        long range = (Double.doubleToRawLongBits(value) >>> SHIFT) - FIRST;
        return (int) Math.min(Math.max(range, 0), RANGES - 1);
    }

    private static double upperEnd(int range) {
        return Double.longBitsToDouble((FIRST + range + 1) << SHIFT);
    }

    /** The windows of this moment; a new one begins when the last is over. */
    private Windows current() {
        while (true) {
            Windows known = windows.get();
            long now = timer.nanoTime();
            long age = now - known.begun();
            if (age < WINDOW_NANOS) {
                return known;
            }
            Windows next = new Windows(now, empty(), age < 2 * WINDOW_NANOS ? known.now() : empty());
            if (windows.compareAndSet(known, next)) {
                return next;
            }
        }
    }

    Map<String, Double> values() {
        Windows known = current();
        long[] ranges = new long[RANGES];
        long all = 0;
        for (int i = 0; i < RANGES; i++) {
            ranges[i] = (long) known.now().get(i) + known.before().get(i);
            all += ranges[i];
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("count", (double) count.sum());
        values.put("sum", sum.sum());
        values.put("p50", quantile(ranges, all, 0.5));
        values.put("p90", quantile(ranges, all, 0.9));
        values.put("p99", quantile(ranges, all, 0.99));
        values.put("max", quantile(ranges, all, 1));
        return values;
    }

    private static double quantile(long[] ranges, long all, double share) {
        long rank = (long) Math.ceil(share * all);
        long seen = 0;
        for (int i = 0; i < ranges.length && all > 0; i++) {
            seen += ranges[i];
            if (seen >= rank) {
                return upperEnd(i);
            }
        }
        return 0;
    }
}
