package io.bowline.rpc.filter;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A quantile of recent response times: counts in buckets that are an eighth of a power of two wide, as in HdrHistogram, so
 * that it is at most an eighth too high; all are halved when 2,048 have come, so that what is old fades. Thread-safe: two
 * threads that halve at once forget a little more, which does no harm.
 */
final class RecentTimes {
    private static final int PARTS = 8;
    private static final int PART_BITS = 3;
    private static final int FEWEST = 100;
    private static final int EVERY = 50;
    private static final int MOST = 2_048;
    private static final long LONGEST = 1L << 60;

    private final double quantile;
    private final AtomicIntegerArray counts = new AtomicIntegerArray(62 * PARTS);
    private final AtomicInteger seen = new AtomicInteger();
    private volatile long quantileNanos;

    RecentTimes(double quantile) {
        this.quantile = quantile;
    }

    /** The quantile as of some calls ago; 0 while fewer than 100 are known. */
    long quantileNanos() {
        return quantileNanos;
    }

    void observe(long nanos) {
        counts.incrementAndGet(bucket(nanos));
        int count = seen.incrementAndGet();
        if (count % EVERY == 0 && (count >= FEWEST || quantileNanos != 0)) {
            reckon();
        }
    }

    private void reckon() {
        int total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        double wanted = total * quantile;
        int below = 0;
        int bucket = -1;
        while (below < wanted && bucket < counts.length() - 1) {
            bucket++;
            below += counts.get(bucket);
        }
        quantileNanos = upperBound(Math.max(bucket, 0));
        if (total >= MOST) {
            for (int i = 0; i < counts.length(); i++) {
                counts.updateAndGet(i, count -> count / 2);
            }
        }
    }

    static int bucket(long nanos) {
        long bounded = Math.max(PARTS, Math.min(nanos, LONGEST));
        int power = 63 - Long.numberOfLeadingZeros(bounded);
        return power * PARTS + (int) (bounded >>> (power - PART_BITS)) - PARTS;
    }

    static long upperBound(int bucket) {
        int power = bucket / PARTS;
        return (PARTS + bucket % PARTS + 1L) << (power - PART_BITS);
    }
}
