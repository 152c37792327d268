package io.bowline.rpc.balance;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One node after the other, each as often as its weight says and spread as evenly as that allows. A pick is one atomic
 * increment and an array access.
 *
 * <p>The well-known smooth weighted round-robin of nginx adds every node's weight to its credit and takes the largest,
 * which costs a walk over all nodes and a lock at each pick. Here the {@link Turns order of turns} depends on the
 * weights only, so it is laid down when the set changes, and a pick reads the next turn. A new picker begins at a random
 * turn: otherwise all consumers that learn of a change at once would go to the same node first.
 */
final class RoundRobinBalancer implements LoadBalancer {
    private final LongSupplier random;

    RoundRobinBalancer() {
        this(WeightedChoice.THREAD_LOCAL);
    }

    RoundRobinBalancer(LongSupplier random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "round-robin";
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        Node[] all = nodes.toArray(new Node[0]);
        Turns turns = Turns.of(Weights.of(nodes));
        AtomicLong turn = new AtomicLong(random.getAsLong() >>> 32);
        return request -> all[turns.at(turn.getAndIncrement() & Long.MAX_VALUE)];
    }
}
