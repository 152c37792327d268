package io.bowline.rpc.filter;

/**
 * How many attempts beyond the first a client may make, whatever for: retries, hedges and forks together.
 *
 * @param ratio such attempts per call, 0 to 1
 * @param perSecond so many a second are granted in any case, at least 0; not in addition: what calls pay in counts first
 */
public record RetryBudgetPolicy(double ratio, int perSecond) {
    /** A tenth of the calls, and ten a second where that is more. */
    public static final RetryBudgetPolicy DEFAULT = new RetryBudgetPolicy(0.1, 10);

    public RetryBudgetPolicy {
        if (!(ratio >= 0 && ratio <= 1) || perSecond < 0) {
            throw new IllegalArgumentException(
                    "ratio: " + ratio + ", perSecond: " + perSecond + " (expected: 0 to 1, >= 0)");
        }
    }
}
