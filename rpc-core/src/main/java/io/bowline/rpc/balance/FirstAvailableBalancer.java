package io.bowline.rpc.balance;

import java.util.Comparator;
import java.util.List;

/**
 * The first node that can be called, by the label {@code rank} of providers, a whole number, the smallest first and 0 for
 * those without, and then by address: one works, and the others stand by. All consumers agree on the order.
 */
final class FirstAvailableBalancer implements LoadBalancer {
    private static final String LABEL = "rank";
    private static final Comparator<Node> ORDER = Comparator.<Node>comparingInt(FirstAvailableBalancer::rank)
            .thenComparing(node -> node.address().host())
            .thenComparingInt(node -> node.address().port());

    @Override
    public String name() {
        return "first-available";
    }

    /** With a subset, each consumer would have another first. */
    @Override
    public boolean needsAll() {
        return true;
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        Node first = nodes.stream().min(ORDER).orElseThrow();
        return request -> first;
    }

    /** What cannot be read is the last: nobody works by mistake. */
    private static int rank(Node node) {
        String text = node.label(LABEL);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException unreadable) {
            return Integer.MAX_VALUE;
        }
    }
}
