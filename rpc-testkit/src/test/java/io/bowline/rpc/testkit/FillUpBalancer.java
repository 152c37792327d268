package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import java.util.Comparator;
import java.util.List;

/** Fills one provider up to a number of calls in flight before it uses the next, so that caches stay warm. */
final class FillUpBalancer implements LoadBalancer {
    private final int calls;

    FillUpBalancer(int calls) {
        this.calls = calls;
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        Node[] ordered = nodes.stream()
                .sorted(Comparator.comparing(node -> node.address().toString()))
                .toArray(Node[]::new);
        return request -> {
            for (Node node : ordered) {
                if (node.inFlight() < calls) {
                    return node;
                }
            }
            return ordered[ordered.length - 1];
        };
    }

    @Override
    public String name() {
        return "fill-up";
    }
}
