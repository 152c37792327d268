package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The node with the fewest calls in flight for its weight.
 *
 * <p>A first node is drawn in proportion to the weights. Another takes its place only if, with the call added, it would
 * be loaded no more than the first is now: calls in flight divided by weight. So among equal weights the fewest calls
 * win and a tie is broken at random; an idle set is used in proportion to the weights; and a node of small weight that
 * happens to be idle is neither starved nor, as by comparing {@code inFlight / weight} alone, flooded.
 *
 * <p>Up to {@value #SCANNED} nodes the others are all looked at. Beyond, {@value #SAMPLED} are drawn: reading the
 * counters of 10,000 nodes, which all cores write, would cost more than the call, while the best of a few at random is
 * nearly as good (the power of d choices, M. Mitzenmacher 1996) and keeps many consumers from storming the one idle
 * node together.
 */
final class LeastActiveBalancer implements LoadBalancer {
    private static final int SCANNED = 16;
    private static final int SAMPLED = 4;

    private final LongSupplier random;

    LeastActiveBalancer() {
        this(WeightedChoice.THREAD_LOCAL);
    }

    LeastActiveBalancer(LongSupplier random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "least-active";
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        Node[] all = nodes.toArray(new Node[0]);
        Picking picking = new Picking(all, Weights.of(nodes), random);
        return all.length <= SCANNED ? picking::scanning : picking::sampling;
    }

    private static final class Picking {
        private final Node[] nodes;
        private final double[] shares;
        private final WeightedChoice choice;
        private final LongSupplier random;

        Picking(Node[] nodes, int[] weights, LongSupplier random) {
            this.nodes = nodes;
            this.random = random;
            choice = new WeightedChoice(weights);
            shares = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                shares[i] = 1.0 / weights[i];
            }
        }

        Node scanning(Request request) {
            int first = choice.index(random.getAsLong());
            double load = nodes[first].inFlight() * shares[first];
            if (load == 0) {
                return nodes[first];
            }
            int best = first;
            int ties = 0;
            for (int other = 0; other < nodes.length; other++) {
                double loadThen = (nodes[other].inFlight() + 1) * shares[other];
                if (loadThen < load || (loadThen == load && ties == 0)) {
                    best = other;
                    load = loadThen;
                    ties = 1;
                } else if (loadThen == load && WeightedChoice.upperBelow(random.getAsLong(), ++ties) == 0) {
                    best = other;
                }
            }
            return nodes[best];
        }

        Node sampling(Request request) {
            int best = choice.index(random.getAsLong());
            double load = nodes[best].inFlight() * shares[best];
            for (int k = 1; k < SAMPLED && load > 0; k++) {
                int other = choice.index(random.getAsLong());
                double loadThen = (nodes[other].inFlight() + 1) * shares[other];
                if (loadThen <= load) {
                    best = other;
                    load = loadThen;
                }
            }
            return nodes[best];
        }
    }
}
