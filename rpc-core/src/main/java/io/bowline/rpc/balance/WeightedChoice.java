package io.bowline.rpc.balance;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Turns 64 random bits into an index, each with a probability in proportion to its weight, in constant time whatever
 * the number of nodes. Immutable.
 *
 * <p>The alias method (A. J. Walker, 1977), its table built in linear time (M. D. Vose, 1991): as many columns as there
 * are nodes, all of one height; a column belongs to one node up to a threshold and to another, its alias, above it. The
 * upper half of the bits picks the column, the lower half the height in it. The table is built in whole numbers, so it
 * is exact up to the 32 bits of a threshold. A column is one {@code long}, alias above threshold: one memory access a
 * choice.
 */
final class WeightedChoice {
    /** The source of bits in production; tests pass a seeded one. */
    static final LongSupplier THREAD_LOCAL = () -> ThreadLocalRandom.current().nextLong();

    private static final long LOWER_HALF = 0xffff_ffffL;

    private final int size;

    /** Empty when all weights are equal. */
    private final long[] columns;

    WeightedChoice(int[] weights) {
        size = weights.length;
        columns = Weights.equal(weights) ? new long[0] : columns(weights);
    }

    /** Whether every index is equally likely. */
    boolean uniform() {
        return columns.length == 0;
    }

    int index(long randomBits) {
        int column = upperBelow(randomBits, size);
        if (columns.length == 0) {
            return column;
        }
        long entry = columns[column];
        return (randomBits & LOWER_HALF) < (entry & LOWER_HALF) ? column : (int) (entry >>> 32);
    }

    /** A number from 0 to below the bound, by the upper half of the bits. */
    static int upperBelow(long randomBits, int bound) {
        return (int) (((randomBits >>> 32) * bound) >>> 32);
    }

    /** A number from 0 to below the bound, by the lower half of the bits. */
    static int lowerBelow(long randomBits, int bound) {
        return (int) (((randomBits & LOWER_HALF) * bound) >>> 32);
    }

    /**
     * Fills each column that is too low from one that is too high. {@code waiting} holds the low ones as a stack from
     * the left and the high ones as a stack from the right.
     */
    private static long[] columns(int[] weights) {
        int size = weights.length;
        long height = Weights.sum(weights);
        long[] left = new long[size];
        long[] columns = new long[size];
        int[] waiting = new int[size];
        int low = 0;
        int high = size;
        for (int i = 0; i < size; i++) {
            left[i] = (long) weights[i] * size;
            columns[i] = column(i, 1);
            waiting[left[i] < height ? low++ : --high] = i;
        }
        while (low > 0 && high < size) {
            int poor = waiting[--low];
            int rich = waiting[high];
            columns[poor] = column(rich, (double) left[poor] / height);
            left[rich] -= height - left[poor];
            if (left[rich] < height) {
                high++;
                waiting[low++] = rich;
            }
        }
        return columns;
    }

    private static long column(int alias, double threshold) {
        return ((long) alias << 32) | Math.min(LOWER_HALF, (long) (threshold * (LOWER_HALF + 1)));
    }
}
