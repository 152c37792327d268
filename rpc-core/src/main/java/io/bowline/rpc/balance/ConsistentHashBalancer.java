package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one key go to one node, for as long as it can carry them: for nodes that keep something by key, a cache or a
 * lock. A pick is a hash and a binary search on a {@link Ring}.
 *
 * <p><b>Bounded loads</b> (V. Mirrokni, M. Thorup and M. Zadimoghaddam, "Consistent hashing with bounded loads", 2018).
 * No node takes more calls at a time than 1.25 times its share of all calls in flight, and two; a call that finds its
 * node full goes on clockwise to the next that is not. So a popular key, or a slow node, spills over to the same few
 * neighbours, and the rest stays where it is. The two are ours: without them, a client with less than a call for each node
 * would send away every call that meets another. A node with fewer is never full, so an idle client does not even ask. A node that fails counts as loaded ({@link FailureLoad}), and its keys move on meanwhile.
 *
 * <p><b>The share</b> needs the sum over all nodes. Up to {@value #SUMMED} are summed up at a pick that asks; of more,
 * {@value #SAMPLED} are, and only by one such pick of {@value #REFRESH}: the bound is a soft one then.
 *
 * <p>A request without a key goes to any node, in proportion to the weights.
 */
final class ConsistentHashBalancer implements LoadBalancer {
    private static final double BOUND = 1.25;
    private static final int NEVER_FULL = 2;
    private static final int SUMMED = 16;
    private static final int SAMPLED = 64;
    private static final int REFRESH = 8;

    /** How many points a call goes on along the ring before it takes the least loaded of the nodes that it met. */
    private static final int FARTHEST = 128;

    private final RequestKey key;
    private final LongSupplier random;

    ConsistentHashBalancer(RequestKey key) {
        this(key, WeightedChoice.THREAD_LOCAL);
    }

    ConsistentHashBalancer(RequestKey key, LongSupplier random) {
        this.key = key;
        this.random = random;
    }

    @Override
    public String name() {
        return "consistent-hash";
    }

    @Override
    public boolean needsAll() {
        return true;
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        return over(nodes, null);
    }

    @Override
    public Picker over(List<? extends Node> nodes, @Nullable Picker before) {
        Ring ring = Ring.over(nodes, before instanceof Picking picking ? picking.ring : null);
        return new Picking(ring, new WeightedChoice(Weights.of(nodes)), key, random);
    }

    private static final class Picking implements Picker {
        private final Ring ring;
        private final WeightedChoice choice;
        private final RequestKey key;
        private final LongSupplier random;

        /** Calls in flight for each point of the ring, as last estimated; many write it, and any value will do. */
        private volatile double loadPerPoint;

        Picking(Ring ring, WeightedChoice choice, RequestKey key, LongSupplier random) {
            this.ring = ring;
            this.choice = choice;
            this.key = key;
            this.random = random;
        }

        @Override
        public Node pick(Request request) {
            long hash = key.hash(request);
            if (hash == RequestKey.NONE) {
                return ring.node(choice.index(random.getAsLong()));
            }
            int place = ring.placeOf(hash);
            Node home = ring.node(ring.owner(place));
            return home.inFlight() < NEVER_FULL ? home : bounded(place);
        }

        private Node bounded(int start) {
            double bound = BOUND * loadPerPoint();
            int best = ring.owner(start);
            double least = Double.MAX_VALUE;
            int place = start;
            for (int k = 0; k < FARTHEST; k++) {
                int index = ring.owner(place);
                int inFlight = ring.node(index).inFlight();
                if (inFlight < bound * ring.size(index) + NEVER_FULL) {
                    return ring.node(index);
                }
                double load = (double) inFlight / ring.size(index);
                if (load < least) {
                    least = load;
                    best = index;
                }
                place = ring.after(place);
            }
            return ring.node(best);
        }

        private double loadPerPoint() {
            int nodes = ring.nodes();
            if (nodes <= SUMMED) {
                return estimate(0, 1, nodes);
            }
            double known = loadPerPoint;
            long bits = random.getAsLong();
            if (known > 0 && bits % REFRESH != 0) {
                return known;
            }
            int looked = Math.min(SAMPLED, nodes);
            double now = estimate(WeightedChoice.upperBelow(bits, nodes), nodes / looked, looked);
            loadPerPoint = now;
            return now;
        }

        /** By so many nodes at even distances; the call that asks counts, too. */
        private double estimate(int start, int distance, int count) {
            long inFlight = 1;
            long points = 0;
            for (int k = 0; k < count; k++) {
                int index = (int) ((start + (long) k * distance) % ring.nodes());
                inFlight += ring.node(index).inFlight();
                points += ring.size(index);
            }
            return (double) inFlight / points;
        }
    }
}
