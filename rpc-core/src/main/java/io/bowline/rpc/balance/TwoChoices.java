package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The cheaper of two random nodes (M. Mitzenmacher, "The power of two choices in randomized load balancing", 1996):
 * constant time, nearly as even as the best of all, and consumers that all see the same best node do not storm it.
 *
 * <p><b>Weights.</b> Equal ones: two different nodes, and the cheaper one takes the call. Others: weights decide who is
 * drawn and the cost decides between the two. To divide the cost by the weight instead, as is usual, gives a node of
 * half the weight no call at all while the set is idle. Two different nodes drawn by weight are compared with the calls
 * in flight counted by {@code lighter / weight}, where lighter is the smaller weight of the two, so they count against
 * the share. When one node is drawn twice, it is meant to have the call, which keeps the shares right among equally good
 * nodes; a third node then takes it only if it costs less than half.
 */
final class TwoChoices {
    /** How much cheaper a node must be to take a call that another one was drawn for twice. */
    private static final double CLEARLY = 0.5;

    /** What a call would cost at a node. */
    @FunctionalInterface
    interface Cost {
        /**
         * Compared with that of another node, and for nothing else.
         *
         * @param callsCount how much of a call each call in flight counts
         */
        double of(Node node, double callsCount);
    }

    private final Cost cost;
    private final Node[] nodes;
    private final int[] weights;
    private final WeightedChoice choice;
    private final LongSupplier random;

    private TwoChoices(Cost cost, List<? extends Node> nodes, LongSupplier random) {
        this.cost = cost;
        this.nodes = nodes.toArray(new Node[0]);
        this.weights = Weights.of(nodes);
        this.random = random;
        choice = new WeightedChoice(weights);
    }

    static LoadBalancer.Picker over(List<? extends Node> nodes, Cost cost, LongSupplier random) {
        if (nodes.size() == 1) {
            Node only = nodes.get(0);
            return request -> only;
        }
        TwoChoices choices = new TwoChoices(cost, nodes, random);
        return choices.choice.uniform() ? choices::uniform : choices::weighted;
    }

    private Node uniform(Request request) {
        long bits = random.getAsLong();
        int first = WeightedChoice.upperBelow(bits, nodes.length);
        int other = WeightedChoice.lowerBelow(bits, nodes.length - 1);
        int second = other == first ? nodes.length - 1 : other;
        return cost.of(nodes[second], 1) < cost.of(nodes[first], 1) ? nodes[second] : nodes[first];
    }

    private Node weighted(Request request) {
        int first = choice.index(random.getAsLong());
        int second = choice.index(random.getAsLong());
        double enough = 1;
        if (second == first) {
            int step = WeightedChoice.upperBelow(random.getAsLong(), nodes.length - 1);
            second = (first + 1 + step) % nodes.length;
            enough = CLEARLY;
        }
        double lighter = Math.min(weights[first], weights[second]);
        double costFirst = cost.of(nodes[first], lighter / weights[first]);
        double costSecond = cost.of(nodes[second], lighter / weights[second]);
        return costSecond < costFirst * enough ? nodes[second] : nodes[first];
    }
}
