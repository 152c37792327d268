package io.bowline.rpc.balance;

import java.time.Duration;

/**
 * How a provider that has just come is given its calls: at first a part of its weight, then evenly more, until after a
 * while it has all of it. A process that has just started compiles its code and fills its caches with its first calls; a
 * full share of them would be slow calls.
 *
 * <p>It acts through the weights of nodes, so every balancer that minds weights minds it. Weights are whole numbers: of a
 * weight below 10, a tenth is no less than 1.
 *
 * @param time how long; zero for not at all
 * @param from the part of the weight to begin with, above 0, at most 1
 */
public record SlowStart(Duration time, double from) {
    /** 30 s, from a tenth of the weight. */
    public static final SlowStart DEFAULT = new SlowStart(Duration.ofSeconds(30), 0.1);

    /** The whole weight at once. */
    public static final SlowStart OFF = new SlowStart(Duration.ZERO, 1);

    public SlowStart {
        if (time.isNegative()) {
            throw new IllegalArgumentException("slow start time: " + time + " (expected: not negative)");
        }
        if (!(from > 0 && from <= 1)) {
            throw new IllegalArgumentException("slow start from: " + from + " (expected: above 0, at most 1)");
        }
    }

    /** So long, from a tenth of the weight. */
    public static SlowStart of(Duration time) {
        return new SlowStart(time, DEFAULT.from);
    }

    /** Whether a node of this age still has less than its weight. */
    public boolean lasts(long ageNanos) {
        return ageNanos < time.toNanos();
    }

    /** The weight of a node of this age; at least 1. */
    public int weight(int whole, long ageNanos) {
        if (!lasts(ageNanos)) {
            return whole;
        }
        double part = from + (1 - from) * Math.max(0, ageNanos) / time.toNanos();
        return Math.max(1, (int) Math.round(whole * part));
    }
}
