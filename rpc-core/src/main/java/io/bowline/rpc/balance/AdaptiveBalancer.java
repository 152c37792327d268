package io.bowline.rpc.balance;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * The better of {@link TwoChoices two random nodes}, by response time, calls in flight and what the provider itself says
 * of its load.
 *
 * <p>A consumer sees its own calls only. A provider that other consumers, or other work, keep busy answers slower soon,
 * but before that it can tell. The cost of {@code peak-ewma} is divided by {@code 1 - load}, as the response time of a
 * queue grows with its utilisation (M/M/1; any textbook of queueing theory). A load counts as at most {@value #FULL}: who
 * says that it is full still gets what all others, being slow, cannot take. Without a report, it is {@code peak-ewma}.
 */
final class AdaptiveBalancer implements LoadBalancer {
    private static final double FULL = 0.95;

    private final LongSupplier random;

    AdaptiveBalancer() {
        this(WeightedChoice.THREAD_LOCAL);
    }

    AdaptiveBalancer(LongSupplier random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "adaptive";
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        return TwoChoices.over(nodes, AdaptiveBalancer::cost, random);
    }

    private static double cost(Node node, double callsCount) {
        return PeakEwmaBalancer.cost(node, callsCount) / (1 - Math.min(FULL, node.reportedLoad()));
    }
}
