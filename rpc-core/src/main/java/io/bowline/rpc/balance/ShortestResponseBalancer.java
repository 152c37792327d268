package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The node whose answer is expected first: response time times calls in flight, as {@code peak-ewma} reckons it, but
 * compared among more than two.
 *
 * <p>Up to {@value #SCANNED} nodes of equal weight are all looked at, from a random one on, so that equals take turns.
 * Of more, or of different weights, {@value #SAMPLED} are drawn by weight and compared. So it follows differences
 * between nodes more sharply than two choices do, and is the more easily misled by old figures: many consumers that know
 * the same go to the same node. For a few consumers and a few providers of different speed.
 */
final class ShortestResponseBalancer implements LoadBalancer {
    private static final int SCANNED = 16;
    private static final int SAMPLED = 4;

    private final LongSupplier random;

    ShortestResponseBalancer() {
        this(WeightedChoice.THREAD_LOCAL);
    }

    ShortestResponseBalancer(LongSupplier random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "shortest-response";
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        Picking picking = new Picking(nodes, random);
        return picking.choice.uniform() && nodes.size() <= SCANNED ? picking::scanning : picking::sampling;
    }

    private static final class Picking {
        private final Node[] nodes;
        private final double[] callsCount;
        private final WeightedChoice choice;
        private final LongSupplier random;

        Picking(List<? extends Node> nodes, LongSupplier random) {
            this.nodes = nodes.toArray(new Node[0]);
            this.random = random;
            int[] weights = Weights.of(nodes);
            choice = new WeightedChoice(weights);
            callsCount = new double[weights.length];
            double lightest = Weights.least(weights);
            for (int i = 0; i < weights.length; i++) {
                callsCount[i] = lightest / weights[i];
            }
        }

        Node scanning(Request request) {
            int start = WeightedChoice.upperBelow(random.getAsLong(), nodes.length);
            int best = start;
            double cost = cost(start);
            for (int k = 1; k < nodes.length; k++) {
                int other = start + k < nodes.length ? start + k : start + k - nodes.length;
                double otherCost = cost(other);
                if (otherCost < cost) {
                    best = other;
                    cost = otherCost;
                }
            }
            return nodes[best];
        }

        Node sampling(Request request) {
            int best = choice.index(random.getAsLong());
            double cost = cost(best);
            for (int k = 1; k < SAMPLED; k++) {
                int other = choice.index(random.getAsLong());
                double otherCost = cost(other);
                if (otherCost < cost) {
                    best = other;
                    cost = otherCost;
                }
            }
            return nodes[best];
        }

        private double cost(int index) {
            return PeakEwmaBalancer.cost(nodes[index], callsCount[index]);
        }
    }
}
