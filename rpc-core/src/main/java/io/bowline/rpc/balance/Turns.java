package io.bowline.rpc.balance;

import java.util.Arrays;

/**
 * Whose turn it is: an endless order in which each index comes as often as its weight says, evenly spread. Immutable.
 *
 * <p>In every cycle of as many turns as the weights add up to, each index has exactly its weight in turns.
 */
@FunctionalInterface
interface Turns {
    /** Up to this sum of weights the order is written out: 64 KiB at most. */
    int MAX_WRITTEN = 1 << 14;

    /** Due times are counted in parts of a cycle. */
    long DUE_UNITS = 1L << 40;

    /** The bits below the due time, which hold the index. */
    long INDEX = (1 << 20) - 1;

    /** The index whose turn it is; turns count from 0. */
    int at(long turn);

    /** The order for these weights, which have no common divisor. */
    static Turns of(int[] weights) {
        int size = weights.length;
        if (Weights.equal(weights)) {
            return turn -> (int) (turn % size);
        }
        long cycle = Weights.sum(weights);
        if (cycle > MAX_WRITTEN) {
            return new GoldenTurns(weights);
        }
        int[] order = written(weights, (int) cycle);
        return turn -> order[(int) (turn % order.length)];
    }

    /**
     * The order of one cycle: an index of weight w has its turns due at even distances of 1/w, and all turns are sorted
     * by when they are due. That is stride scheduling (C. Waldspurger and W. Weihl, 1995) run once, ahead. Each index
     * has another phase, so that those of one small weight do not all come in one bunch.
     */
    private static int[] written(int[] weights, int cycle) {
        long[] due = new long[cycle];
        int next = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int k = 0; k < weights[i]; k++) {
                double at = (k + (i + 0.5) / weights.length) / weights[i];
                due[next++] = ((long) (at * DUE_UNITS) << 20) | i;
            }
        }
        Arrays.sort(due);
        return Arrays.stream(due).mapToInt(turn -> (int) (turn & INDEX)).toArray();
    }
}
