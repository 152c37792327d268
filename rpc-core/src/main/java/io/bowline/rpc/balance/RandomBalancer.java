package io.bowline.rpc.balance;

import java.util.List;
import java.util.function.LongSupplier;

/** Any node, in proportion to its weight. A pick is one random number and one look into a table. */
final class RandomBalancer implements LoadBalancer {
    private final LongSupplier random;

    RandomBalancer() {
        this(WeightedChoice.THREAD_LOCAL);
    }

    RandomBalancer(LongSupplier random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "random";
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        Node[] all = nodes.toArray(new Node[0]);
        WeightedChoice choice = new WeightedChoice(Weights.of(nodes));
        LongSupplier bits = random;
        return request -> all[choice.index(bits.getAsLong())];
    }
}
