package io.bowline.rpc.filter;

import java.time.Duration;

/**
 * When a provider that does worse than the others is left out for a while.
 *
 * @param consecutive failures in a row that eject it; 0 to look at rates only
 * @param rates how it is compared with the others; {@link Rates#OFF} to look at failures in a row only
 * @param interval how often rates are looked at
 * @param ejection how long it is left out the first time; each time again as long more, and as
 *     long less for each interval in which it was not ejected
 * @param maxEjection the longest it is left out
 * @param maxEjected the part of the providers, 0 to 0.5, that may be left out at once
 */
public record OutlierPolicy(
        int consecutive, Rates rates, Duration interval, Duration ejection, Duration maxEjection, double maxEjected) {
    /** Five failures in a row; for 10 s, 20 s … 5 minutes; at most half of them. Nobody is compared. */
    public static final OutlierPolicy DEFAULT =
            new OutlierPolicy(5, Rates.OFF, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(5), 0.5);

    /** The same, and those, too, whose success rate or latency is far from the others'. */
    public static final OutlierPolicy COMPARING = new OutlierPolicy(
            5, Rates.DEFAULT, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(5), 0.5);

    /** Nobody is left out. */
    public static final OutlierPolicy OFF =
            new OutlierPolicy(0, Rates.OFF, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(5), 0);

    public OutlierPolicy {
        if (consecutive < 0) {
            throw new IllegalArgumentException("consecutive: " + consecutive + " (expected: >= 0)");
        }
        if (interval.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("interval: " + interval + " (expected: at least 100 ms)");
        }
        if (ejection.isNegative() || ejection.isZero() || maxEjection.compareTo(ejection) < 0) {
            throw new IllegalArgumentException("ejection: " + ejection + ", maxEjection: " + maxEjection
                    + " (expected: 0 < ejection <= maxEjection)");
        }
        if (!(maxEjected >= 0 && maxEjected <= 0.5)) {
            throw new IllegalArgumentException("maxEjected: " + maxEjected + " (expected: 0 to 0.5)");
        }
    }

    /** Whether it ejects at all. */
    public boolean active() {
        return maxEjected > 0 && (consecutive > 0 || rates.active());
    }

    /** How long to leave out what was left out so often before. */
    public Duration ejectionAfter(int former) {
        Duration grown = ejection.multipliedBy(Math.min(1_000_000L, former + 1L));
        return grown.compareTo(maxEjection) < 0 ? grown : maxEjection;
    }

    /**
     * How a provider is compared with the others that had calls enough in an interval.
     *
     * @param minCalls calls in an interval below which a provider is neither judged nor a measure of others; 0 for no
     *     comparison
     * @param minProviders how many must have had calls enough
     * @param deviations it is ejected when its success rate is below the median by so many deviations, and by a tenth at
     *     least; a deviation is 1.4826 times the median of the distances from the median, which equals the standard
     *     deviation of a normal distribution and is not moved by the outliers themselves (F. Hampel, 1974)
     * @param latencyFactor it is ejected when its calls took so many times the median of all; 0 to leave latency alone
     */
    public record Rates(int minCalls, int minProviders, double deviations, double latencyFactor) {
        /** 50 calls in an interval at 3 providers or more; 3 deviations; 5 times the median latency. */
        public static final Rates DEFAULT = new Rates(50, 3, 3, 5);

        /** No comparison. */
        public static final Rates OFF = new Rates(0, 3, 3, 0);

        public Rates {
            if (minCalls < 0) {
                throw new IllegalArgumentException("minCalls: " + minCalls + " (expected: >= 0)");
            }
            if (minProviders < 3) {
                throw new IllegalArgumentException("minProviders: " + minProviders + " (expected: >= 3)");
            }
            if (!(deviations > 0)) {
                throw new IllegalArgumentException("deviations: " + deviations + " (expected: > 0)");
            }
            if (!(latencyFactor == 0 || latencyFactor > 1)) {
                throw new IllegalArgumentException(
                        "latencyFactor: " + latencyFactor + " (expected: 0, or more than 1)");
            }
        }

        /** Whether anything is compared. */
        public boolean active() {
            return minCalls > 0;
        }
    }
}
