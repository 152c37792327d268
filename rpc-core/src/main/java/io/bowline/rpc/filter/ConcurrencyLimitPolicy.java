package io.bowline.rpc.filter;

/**
 * How many calls may be under way at once.
 *
 * @param min the lowest limit, at least 1
 * @param initial the limit to begin with
 * @param max the highest limit; where it equals {@code min}, the limit is fixed
 */
public record ConcurrencyLimitPolicy(int min, int initial, int max) {
    /** No limit. */
    public static final ConcurrencyLimitPolicy OFF =
            new ConcurrencyLimitPolicy(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Found out by response times, between 4 and 1,000, beginning with 20. */
    public static final ConcurrencyLimitPolicy ADAPTIVE = new ConcurrencyLimitPolicy(4, 20, 1_000);

    public ConcurrencyLimitPolicy {
        if (min < 1 || initial < min || max < initial) {
            throw new IllegalArgumentException("min: " + min + ", initial: " + initial + ", max: " + max
                    + " (expected: 1 <= min <= initial <= max)");
        }
    }

    /** Always this many. */
    public static ConcurrencyLimitPolicy fixed(int calls) {
        return new ConcurrencyLimitPolicy(calls, calls, calls);
    }

    /** Found out by response times, between these. */
    public static ConcurrencyLimitPolicy adaptive(int min, int max) {
        return new ConcurrencyLimitPolicy(min, Math.max(min, Math.min(max, 20)), max);
    }

    /** Whether it limits at all. */
    public boolean active() {
        return min != Integer.MAX_VALUE;
    }

    boolean adapts() {
        return min < max;
    }
}
