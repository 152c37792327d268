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

    private final long cycle;
    private final long step;

    /** Where the run of each index ends. */
    private final long[] ends;

    private final int[] firstOwners;

    GoldenTurns(int[] weights) {
        cycle = Weights.sum(weights);
        step = step(cycle);
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

    /** The length nearest to the golden section that has no common divisor with the cycle. */
    private static long step(long cycle) {
        long golden = Math.round(cycle * GOLDEN_SECTION);
        for (long off = 0; ; off++) {
            if (Weights.gcd(cycle, golden - off) == 1) {
                return golden - off;
            }
            if (Weights.gcd(cycle, golden + off) == 1) {
                return golden + off;
            }
        }
    }
}
