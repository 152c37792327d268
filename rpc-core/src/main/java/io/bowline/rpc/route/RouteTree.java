package io.bowline.rpc.route;

import io.bowline.rpc.Request;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.LoadBalancer.Picker;
import io.bowline.rpc.balance.Node;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The way of one method's calls through its rules. Rules that ask nothing of a call narrow the providers when the tree is
 * made and are gone then; each of the others is a fork. A call walks from fork to fork and asks, at the end, a picker of
 * another balancer. Immutable.
 *
 * <p>A part of the tree is made when a call first comes there: of the many ways through several rules, few are used. When
 * the providers change, the parts that were in use are made anew at once, so that no call pays for that.
 */
record RouteTree(List<Step> steps, LoadBalancer within, RoutingBalancer.Refused refused) {
    /** @param before what was made of the providers before; null if nothing was */
    Picker over(List<? extends Node> nodes, @Nullable Picker before) {
        return from(0, nodes, before);
    }

    private Picker from(int first, List<? extends Node> nodes, @Nullable Picker before) {
        List<? extends Node> left = nodes;
        for (int i = first; i < steps.size(); i++) {
            Step.Split split = steps.get(i).split(left);
            if (split.sets().size() > 1) {
                return new Fork(i, left.size(), split, before instanceof Fork fork ? fork : null);
            }
            int size = left.size();
            left = split.sets().get(0);
            if (left.isEmpty()) {
                return new RefusingNode(steps.get(i), size, refused);
            }
        }
        boolean leaf = before != null && !(before instanceof Fork) && !(before instanceof RefusingNode);
        return within.over(List.copyOf(left), leaf ? before : null);
    }

    /** Where the way depends on the call. Thread-safe: two threads that come first may both make a part, one is kept. */
    private final class Fork implements Picker {
        private final int step;
        private final int size;
        private final Step.Split split;
        private final AtomicReferenceArray<@Nullable Picker> parts;

        Fork(int step, int size, Step.Split split, @Nullable Fork before) {
            this.step = step;
            this.size = size;
            this.split = split;
            parts = new AtomicReferenceArray<>(split.sets().size());
            for (int i = 0; before != null && i < parts.length(); i++) {
                int was = before.split.names().indexOf(split.names().get(i));
                Picker used = was < 0 ? null : before.parts.get(was);
                if (used != null) {
                    grow(i, used);
                }
            }
        }

        @Override
        public Node pick(Request request) {
            int part = split.choice().applyAsInt(request);
            Picker known = parts.get(part);
            return (known == null ? grow(part, null) : known).pick(request);
        }

        private Picker grow(int part, @Nullable Picker before) {
            List<? extends Node> nodes = split.sets().get(part);
            Picker made =
                    nodes.isEmpty() ? new RefusingNode(steps.get(step), size, refused) : from(step + 1, nodes, before);
            Picker winner = parts.compareAndExchange(part, null, made);
            return winner == null ? made : winner;
        }
    }
}
