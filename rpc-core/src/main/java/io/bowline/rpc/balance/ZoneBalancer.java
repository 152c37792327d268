package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Prefers the providers of the consumer's own zone, by the label {@code zone}, as far as they can carry its calls; another
 * balancer chooses among them, and among those of the other zones for the calls that spill over.
 *
 * <p><b>By capacity.</b> If all zones had as many consumers, each zone's providers should carry as many calls as its
 * consumers make: they may carry {@value #SPARE} times their share by weight, and what is more spills over in proportion.
 * With three zones and a quarter of the weight in the own one, all calls stay; with a tenth, 42 in 100 do. It is the
 * locality-weighted spill-over of Envoy, with its over-provisioning factor.
 *
 * <p><b>By load.</b> Where the consumers are is a guess, so calls spill over, too, when the node picked at home has
 * {@value #BUSY} calls of this consumer in flight and costs twice as much as the one picked elsewhere, by response time
 * and calls in flight.
 */
final class ZoneBalancer implements LoadBalancer {
    private static final String LABEL = "zone";
    private static final double SPARE = 1.4;
    private static final int BUSY = 4;
    private static final double FARTHER = 2;

    private final String zone;
    private final LoadBalancer within;
    private final LongSupplier random;

    ZoneBalancer(String zone, LoadBalancer within) {
        this(zone, within, WeightedChoice.THREAD_LOCAL);
    }

    ZoneBalancer(String zone, LoadBalancer within, LongSupplier random) {
        this.zone = zone;
        this.within = within;
        this.random = random;
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
        return over(nodes, null);
    }

    @Override
    public Picker over(List<? extends Node> nodes, @Nullable Picker before) {
        List<Node> home = new ArrayList<>();
        List<Node> away = new ArrayList<>();
        Set<String> zones = new HashSet<>(Set.of(zone));
        double homeWeight = 0;
        double weight = 0;
        for (Node node : nodes) {
            String where = node.label(LABEL);
            boolean own = where.equals(zone);
            zones.add(where);
            (own ? home : away).add(node);
            weight += Weights.of(node);
            homeWeight += own ? Weights.of(node) : 0;
        }
        Zoned last = before instanceof Zoned zoned ? zoned : new Zoned(null, null, 0, random);
        return new Zoned(
                home.isEmpty() ? null : within.over(List.copyOf(home), last.home),
                away.isEmpty() ? null : within.over(List.copyOf(away), last.away),
                SPARE * zones.size() * homeWeight / weight,
                random);
    }

    /**
     * @param home picks in the own zone; null if nobody is there
     * @param away picks elsewhere; null if nobody is there
     * @param homeShare the part of the calls that home can carry; 1 or more for all
     */
    private record Zoned(@Nullable Picker home, @Nullable Picker away, double homeShare, LongSupplier random)
            implements Picker {
        @Override
        public Node pick(Request request) {
            if (home == null || away == null) {
                return alone(request);
            }
            if (homeShare < 1 && (random.getAsLong() >>> 11) * 0x1.0p-53 >= homeShare) {
                return away.pick(request);
            }
            Node near = home.pick(request);
            if (near.inFlight() < BUSY) {
                return near;
            }
            Node far = away.pick(request);
            boolean spills = PeakEwmaBalancer.cost(far, 1) * FARTHER < PeakEwmaBalancer.cost(near, 1);
            return spills ? far : near;
        }

        private Node alone(Request request) {
            Picker only = home == null ? away : home;
            if (only == null) {
                throw new IllegalStateException("a picker over no nodes");
            }
            return only.pick(request);
        }
    }
}
