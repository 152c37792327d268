package io.bowline.rpc.observe;

/**
 * How much {@link MetricsFilter} measures.
 *
 * @param maxMethods how many methods have series of their own, 1 to 100,000; all others share those of {@code _OTHER}. The
 *     methods of a contract are few; the bound is there for who makes contracts, or references, as calls come
 * @param rates whether to measure calls a second: 1, 5 and 15 minutes are three series a method for a library that has no
 *     rates of its own
 * @param deadlines whether to measure how much of its deadline each call used
 */
public record MetricsPolicy(int maxMethods, boolean rates, boolean deadlines) {
    /** Everything, of 1,000 methods. */
    public static final MetricsPolicy DEFAULT = new MetricsPolicy(1_000, true, true);

    public MetricsPolicy {
        if (maxMethods < 1 || maxMethods > 100_000) {
            throw new IllegalArgumentException("maxMethods: " + maxMethods + " (expected: 1 to 100000)");
        }
    }

    public MetricsPolicy withMaxMethods(int maxMethods) {
        return new MetricsPolicy(maxMethods, rates, deadlines);
    }

    public MetricsPolicy withRates(boolean rates) {
        return new MetricsPolicy(maxMethods, rates, deadlines);
    }

    public MetricsPolicy withDeadlines(boolean deadlines) {
        return new MetricsPolicy(maxMethods, rates, deadlines);
    }
}
