package io.bowline.rpc.balance;

import io.bowline.rpc.Address;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A consistent hash ring (D. Karger et al., "Consistent hashing and random trees", 1997): each node owns points on a
 * circle, as many as its weight, and a key belongs to the first point at or behind its hash. Immutable.
 *
 * <p>Where a point lies follows from its node's address and nothing else, so all consumers agree without talking, and a
 * node that comes, goes or changes its weight moves the keys of its own points only. A ring is made of the one before: the
 * points of nodes that stayed are taken over in their order, those of others computed, and both merged, which is linear
 * and has nothing to sort but what is new.
 *
 * <p>A point is one {@code long}: the place on the circle in the upper 44 bits, the index of its node in the lower 20.
 */
final class Ring {
    private static final int INDEX_BITS = 20;
    private static final long INDEX = (1 << INDEX_BITS) - 1;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** More points spread the keys no better, and cost memory: 8 MiB at most. */
    private static final int MOST_POINTS = 1 << 20;

    /** Fewer points than these for the heaviest node would spread the keys badly. */
    private static final int FEW_POINTS = 64;

    private final Node[] nodes;
    private final int[] sizes;
    private final long[] points;

    private Ring(Node[] nodes, int[] sizes, long[] points) {
        this.nodes = nodes;
        this.sizes = sizes;
        this.points = points;
    }

    /** @param before the ring of the set before it changed, to be changed instead of making all anew */
    static Ring over(List<? extends Node> list, @Nullable Ring before) {
        Node[] nodes = list.toArray(new Node[0]);
        int[] sizes = sizes(nodes);
        int[] indexNow = before == null ? new int[0] : before.indexesIn(nodes, sizes);
        boolean[] kept = new boolean[nodes.length];
        for (int index : indexNow) {
            if (index >= 0) {
                kept[index] = true;
            }
        }
        long[] old = before == null ? new long[0] : before.remaining(indexNow);
        return new Ring(nodes, sizes, merged(old, fresh(nodes, sizes, kept)));
    }

    /**
     * How many points each node has: its weight, times the same power of two for all. The power is 0 unless all weights are
     * very small, or so many and large that there would be too many points; it follows from the set alone.
     */
    private static int[] sizes(Node[] nodes) {
        int[] sizes = new int[nodes.length];
        long sum = 0;
        int most = 0;
        for (int i = 0; i < nodes.length; i++) {
            sizes[i] = Weights.of(nodes[i]);
            sum += sizes[i];
            most = Math.max(most, sizes[i]);
        }
        double scale = 1;
        while (most * scale < FEW_POINTS) {
            scale *= 2;
        }
        while (sum * scale > MOST_POINTS && scale * most > 1) {
            scale /= 2;
        }
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.max(1, (int) (sizes[i] * scale));
        }
        return sizes;
    }

    /** For each node of this ring its index among the nodes now, or -1 if it is gone or has another number of points. */
    private int[] indexesIn(Node[] now, int[] sizesNow) {
        Map<Address, Integer> byAddress = new HashMap<>(now.length * 2);
        for (int i = 0; i < now.length; i++) {
            byAddress.put(now[i].address(), i);
        }
        int[] indexes = new int[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            // Removed once found: of two nodes at one address, each is kept or made once.
            Integer index = byAddress.remove(nodes[i].address());
            indexes[i] = index != null && sizesNow[index] == sizes[i] ? index : -1;
        }
        return indexes;
    }

    private long[] remaining(int[] indexNow) {
        long[] remaining = new long[points.length];
        int count = 0;
        for (long point : points) {
            int index = indexNow[(int) (point & INDEX)];
            if (index >= 0) {
                remaining[count++] = (point & ~INDEX) | index;
            }
        }
        return Arrays.copyOf(remaining, count);
    }

    private static long[] fresh(Node[] nodes, int[] sizes, boolean[] kept) {
        int count = 0;
        for (int i = 0; i < nodes.length; i++) {
            count += kept[i] ? 0 : sizes[i];
        }
        long[] fresh = new long[count];
        int next = 0;
        for (int i = 0; i < nodes.length; i++) {
            long seed = Hashing.text(nodes[i].address().toString());
            for (int k = 0; k < sizes[i] && !kept[i]; k++) {
                // The sign bit stays clear, so that the order of longs is that of places.
                fresh[next++] = (Hashing.mix(seed + k * GOLDEN) >>> 1 & ~INDEX) | i;
            }
        }
        Arrays.sort(fresh);
        return fresh;
    }

    private static long[] merged(long[] left, long[] right) {
        if (left.length == 0 || right.length == 0) {
            return left.length == 0 ? right : left;
        }
        long[] all = new long[left.length + right.length];
        int l = 0;
        int r = 0;
        for (int i = 0; i < all.length; i++) {
            boolean fromLeft = r == right.length || (l < left.length && left[l] < right[r]);
            all[i] = fromLeft ? left[l++] : right[r++];
        }
        return all;
    }

    int points() {
        return points.length;
    }

    int nodes() {
        return nodes.length;
    }

    /** The place of the first point at or behind a hash: a binary search. */
    int placeOf(long hash) {
        long wanted = hash >>> 1 & ~INDEX;
        int low = 0;
        int high = points.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((points[middle] & ~INDEX) < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == points.length ? 0 : low;
    }

    /** The place behind a place. */
    int after(int place) {
        return place + 1 == points.length ? 0 : place + 1;
    }

    /** The index of the node that owns the point at a place. */
    int owner(int place) {
        return (int) (points[place] & INDEX);
    }

    Node node(int index) {
        return nodes[index];
    }

    /** How many points a node owns. */
    int size(int index) {
        return sizes[index];
    }
}
