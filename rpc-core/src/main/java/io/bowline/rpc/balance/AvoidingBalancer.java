package io.bowline.rpc.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out some nodes, unless that would be more than half of them: then all count again. Such a majority is more
 * likely a fault of whoever judges, or of the network, than of the nodes; and if it is not, the rest could not carry the
 * calls of all and would fail next (the panic threshold of Envoy, there too with 50 %). So there is always a node.
 */
final class AvoidingBalancer implements LoadBalancer {
    private final Predicate<? super Node> avoided;
    private final LoadBalancer within;

    AvoidingBalancer(Predicate<? super Node> avoided, LoadBalancer within) {
        this.avoided = avoided;
        this.within = within;
    }

    @Override
    public String name() {
        return within.name();
    }

    @Override
    public boolean needsAll() {
        return within.needsAll();
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        return within.over(left(nodes));
    }

    @Override
    public Picker over(List<? extends Node> nodes, @Nullable Picker before) {
        return within.over(left(nodes), before);
    }

    /** Nothing is copied while nobody is avoided. */
    private List<? extends Node> left(List<? extends Node> nodes) {
        List<Node> left = null;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean avoid = avoided.test(node);
            if (avoid && left == null) {
                left = new ArrayList<>(nodes.subList(0, i));
            } else if (!avoid && left != null) {
                left.add(node);
            }
        }
        return left == null || left.size() * 2 < nodes.size() ? nodes : List.copyOf(left);
    }
}
