package io.bowline.benchmark.runner;

import java.util.List;

/**
 * A figure over the rounds.
 *
 * @param count of rounds that gave it
 * @param noisy whether no quiet round gave it, so that it is of noisy ones
 */
record Spread(double median, double least, double most, int count, boolean noisy) {
    /** Of at least one figure. */
    static Spread of(List<Double> figures, boolean noisy) {
        List<Double> sorted = figures.stream().sorted().toList();
        int count = sorted.size();
        double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(count - 1), count, noisy);
    }

    /** The median without its range. */
    Spread alone() {
        return new Spread(median, median, median, 1, noisy);
    }
}
