package io.bowline.rpc.balance;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * The better of {@link TwoChoices two random nodes}, by response time and calls in flight.
 *
 * <p>The cost of a node is {@code latency × (1 + inFlight)}: what a call would take there behind those in flight. The
 * latency is a {@link PeakEwma}, so a node that turns slow is avoided from its first slow answer on, or before, as its
 * calls pile up. A node that fails counts as loaded ({@link FailureLoad}), so that failing fast attracts nothing.
 *
 * <p><b>Unknown nodes.</b> A node without any answer yet costs nothing while it is idle, so it is tried as soon as it is
 * drawn; with its first calls in flight it counts as if an answer took {@value #UNKNOWN_LATENCY} ns, so that no crowd
 * gathers at a node of which nothing is known.
 */
final class PeakEwmaBalancer implements LoadBalancer {
    private static final long UNKNOWN_LATENCY = 1_000_000_000;

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
        return TwoChoices.over(nodes, PeakEwmaBalancer::cost, random);
    }

    /** @param callsCount how much of a call each call in flight counts */
    static double cost(Node node, double callsCount) {
        long latency = node.latencyNanos();
        int inFlight = node.inFlight();
        if (latency == 0) {
            return inFlight == 0 ? 0 : UNKNOWN_LATENCY * (1 + inFlight * callsCount);
        }
        return latency * (1 + inFlight * callsCount);
    }
}
