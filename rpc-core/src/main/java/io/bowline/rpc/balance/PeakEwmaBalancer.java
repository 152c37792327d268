package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The better of two random nodes, by response time and calls in flight.
 *
 * <p>Two choices instead of the best of all (M. Mitzenmacher, "The power of two choices in randomized load balancing",
 * 1996): constant time, nearly as even, and consumers that all see the same best node do not storm it. The cost of a
 * node is {@code latency × (1 + inFlight)}: what a call would take there behind those in flight. The latency is a
 * {@link PeakEwma}, so a node that turns slow is avoided from its first slow answer on, or before, as its calls pile up.
 *
 * <p><b>Weights.</b> Equal ones: two different nodes, and the cheaper one takes the call. Others: weights decide who is
 * drawn and the cost decides between the two. To divide the cost by the weight instead, as is usual, gives a node of
 * half the weight no call at all while the set is idle. Two different nodes drawn by weight are compared at {@code
 * latency × (1 + inFlight × lighter / weight)}, where lighter is the smaller weight of the two, so the calls in flight
 * count against the share. When one node is drawn twice, it is meant to have the call, which keeps the shares right
 * among equally good nodes; a third node then takes it only if it costs less than half.
 *
 * <p><b>Unknown nodes.</b> A node without any answer yet costs nothing while it is idle, so it is tried as soon as it is
 * drawn; with its first calls in flight it counts as if an answer took {@value #UNKNOWN_LATENCY} ns, so that no crowd
 * gathers at a node of which nothing is known.
 */
final class PeakEwmaBalancer implements LoadBalancer {
    private static final long UNKNOWN_LATENCY = 1_000_000_000;

    /** How much cheaper a node must be to take a call that another one was drawn for twice. */
    private static final double CLEARLY = 0.5;

    private final LongSupplier random;

    PeakEwmaBalancer() {
        this(WeightedChoice.THREAD_LOCAL);
    }

    PeakEwmaBalancer(LongSupplier random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "peak-ewma";
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        Node[] all = nodes.toArray(new Node[0]);
        if (all.length == 1) {
            Node only = all[0];
            return request -> only;
        }
        int[] weights = Weights.of(nodes);
        Picking picking = new Picking(all, weights, random);
        return Weights.equal(weights) ? picking::uniform : picking::weighted;
    }

    private static final class Picking {
        private final Node[] nodes;
        private final int[] weights;
        private final WeightedChoice choice;
        private final LongSupplier random;

        Picking(Node[] nodes, int[] weights, LongSupplier random) {
            this.nodes = nodes;
            this.weights = weights;
            this.random = random;
            choice = new WeightedChoice(weights);
        }

        Node uniform(Request request) {
            long bits = random.getAsLong();
            int first = WeightedChoice.upperBelow(bits, nodes.length);
            int other = WeightedChoice.lowerBelow(bits, nodes.length - 1);
            int second = other == first ? nodes.length - 1 : other;
            return cost(nodes[second], 1) < cost(nodes[first], 1) ? nodes[second] : nodes[first];
        }

        Node weighted(Request request) {
            int first = choice.index(random.getAsLong());
            int second = choice.index(random.getAsLong());
            double enough = 1;
            if (second == first) {
                int step = WeightedChoice.upperBelow(random.getAsLong(), nodes.length - 1);
                second = (first + 1 + step) % nodes.length;
                enough = CLEARLY;
            }
            double lighter = Math.min(weights[first], weights[second]);
            double costFirst = cost(nodes[first], lighter / weights[first]);
            double costSecond = cost(nodes[second], lighter / weights[second]);
            return costSecond < costFirst * enough ? nodes[second] : nodes[first];
        }

        private static double cost(Node node, double callsCount) {
            long latency = node.latencyNanos();
            int inFlight = node.inFlight();
            if (latency == 0) {
                return inFlight == 0 ? 0 : UNKNOWN_LATENCY * (1 + inFlight * callsCount);
            }
            return latency * (1 + inFlight * callsCount);
        }
    }
}
