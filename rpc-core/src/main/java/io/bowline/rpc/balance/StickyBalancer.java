package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One node for all calls of a proxy, for as long as it can be called: any at first, in proportion to the weights, so
 * that consumers spread; another only when it is gone, and no way back when it returns.
 */
final class StickyBalancer implements LoadBalancer {
    private final LongSupplier random;

    StickyBalancer() {
        this(WeightedChoice.THREAD_LOCAL);
    }

    StickyBalancer(LongSupplier random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "sticky";
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        return new Stuck(nodes.get(new WeightedChoice(Weights.of(nodes)).index(random.getAsLong())));
    }

    @Override
    public Picker over(List<? extends Node> nodes, @Nullable Picker before) {
        if (before instanceof Stuck stuck) {
            for (Node node : nodes) {
                if (node.address().equals(stuck.node.address())) {
                    return new Stuck(node);
                }
            }
        }
        return over(nodes);
    }

    private record Stuck(Node node) implements Picker {
        @Override
        public Node pick(Request request) {
            return node;
        }
    }
}
