package io.bowline.rpc.balance;

/**
 * The order of turns for weights whose cycle is too long to be written out, such as 10,000 nodes of weights up to
 * 10,000: constant time a turn on average, memory for two numbers a node.
 *
 * <p>Think of the cycle as a circle of as many places as the weights add up to, where each index owns a run of places
 * as long as its weight. Each turn steps ahead by the golden section of the circle and asks who owns the place. A step
 * of that length visits every run at nearly even intervals (the three-distance theorem, V. T. Sós 1958), and as it has
 * no common divisor with the cycle, it visits each place exactly once a cycle.
 *
 * <p>The owner of a place is found by an index table (H.-C. Chen and Y. Asau, 1974): as many equal sectors as there are
 * nodes, each with its first owner; from there on, at most one step on average.
 */
final class GoldenTurns implements Turns {
    private static final double GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;

    /** How far around the golden section a step is looked for; a small part of any cycle that comes here. */
    private static final long SEARCHED = 100;

    private final long cycle;
    private final long step;

    /** Where the run of each index ends. */
    private final long[] ends;

    private final int[] firstOwners;

    /** @param weights together more than {@link Turns#MAX_WRITTEN} */
    GoldenTurns(int[] weights) {
        cycle = Weights.sum(weights);
        step = smoothestStep(cycle);
        ends = new long[weights.length];
        firstOwners = new int[weights.length];
        long end = 0;
        for (int i = 0; i < weights.length; i++) {
            end += weights[i];
            ends[i] = end;
        }
        int owner = 0;
        for (int sector = 0; sector < weights.length; sector++) {
            while (ends[owner] * weights.length <= cycle * sector) {
                owner++;
            }
            firstOwners[sector] = owner;
        }
    }

    @Override
    public int at(long turn) {
        long place = turn % cycle * step % cycle;
        int owner = firstOwners[(int) (place * ends.length / cycle)];
        while (ends[owner] <= place) {
            owner++;
        }
        return owner;
    }

    /**
     * The smoothest length near the golden section that has no common divisor with the cycle. Smooth is a small sum of
     * partial quotients of the continued fraction step/cycle: it bounds how far any index ever is from its share (H.
     * Niederreiter, 1992), and those of the golden section itself are all 1.
     */
    private static long smoothestStep(long cycle) {
        long golden = Math.round(cycle * GOLDEN_SECTION);
        long best = golden;
        long bestSum = Long.MAX_VALUE;
        for (long step = golden - SEARCHED; step <= golden + SEARCHED; step++) {
            long sum = Weights.gcd(cycle, step) == 1 ? quotients(cycle, step) : Long.MAX_VALUE;
            if (sum < bestSum) {
                best = step;
                bestSum = sum;
            }
        }
        return best;
    }

    private static long quotients(long larger, long smaller) {
        return smaller == 0 ? 0 : larger / smaller + quotients(smaller, larger % smaller);
    }
}
