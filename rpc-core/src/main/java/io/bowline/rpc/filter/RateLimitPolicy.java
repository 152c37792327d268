package io.bowline.rpc.filter;

/**
 * How many calls may begin.
 *
 * @param perSecond calls a second in the long run, more than 0; infinite for no limit
 * @param burst calls at once after a while without any, at least 1
 */
public record RateLimitPolicy(double perSecond, int burst) {
    /** No limit. */
    public static final RateLimitPolicy OFF = new RateLimitPolicy(Double.POSITIVE_INFINITY, 1);

    /** Slower than a call in some days is no rate; it would not fit into the arithmetic either. */
    private static final double LEAST = 1e-5;

    public RateLimitPolicy {
        if (!(perSecond >= LEAST)) {
            throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: >= " + LEAST + ")");
        }
        if (burst < 1 || burst > 1_000_000) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: 1 to 1000000)");
        }
        if (burst / perSecond > 1e9) {
            throw new IllegalArgumentException(
                    "burst: " + burst + ", perSecond: " + perSecond + " (expected: a burst of less than 30 years)");
        }
    }

    /** So many calls a second, and a tenth of them at once. */
    public static RateLimitPolicy perSecond(double calls) {
        return new RateLimitPolicy(calls, (int) Math.max(1, Math.min(1_000_000, calls / 10)));
    }

    /** Whether it limits at all. */
    public boolean active() {
        return perSecond != Double.POSITIVE_INFINITY;
    }
}
