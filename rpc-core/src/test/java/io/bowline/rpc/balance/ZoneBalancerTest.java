package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer.Picker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The balancers that stand around another one. */
class ZoneBalancerTest {
    private static final long MILLI = 1_000_000;
    private static final int PICKS = 20_000;
    private static final Request REQUEST = new Request(
            RpcMethod.builder(ServiceName.of("demo.Greeter"), "hello()").build(),
            new Object[0],
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(3), 0, "test"),
            new Cancellation(),
            "");

    private final SplittableRandom random = new SplittableRandom(5);
    private final LoadBalancer balancer =
            new ZoneBalancer("a", new PeakEwmaBalancer(random::nextLong), random::nextLong);

    /** So many nodes in each zone, by the letters: two in a, one in b for "aab". */
    private static List<StubNode> nodes(String zones) {
        List<StubNode> nodes = new ArrayList<>();
        for (int i = 0; i < zones.length(); i++) {
            StubNode node = new StubNode(i, 100).with(0, MILLI);
            node.zone = zones.substring(i, i + 1);
            nodes.add(node);
        }
        return nodes;
    }

    private static double shareAtHome(Picker picker) {
        int home = 0;
        for (int i = 0; i < PICKS; i++) {
            home += picker.pick(REQUEST).label("zone").equals("a") ? 1 : 0;
        }
        return (double) home / PICKS;
    }

    @Test
    void staysInItsZoneWhileThatCanCarryTheCalls() {
        assertThat(shareAtHome(balancer.over(nodes("aabbcc")))).isEqualTo(1);
        assertThat(shareAtHome(balancer.over(nodes("aaabbbbcccc")))).isEqualTo(1);
    }

    @Test
    void spillsOverInProportionWhereItsZoneIsSmall() {
        assertThat(shareAtHome(balancer.over(nodes("abbbbccccc")))).isBetween(0.40, 0.44);
        assertThat(shareAtHome(balancer.over(nodes("abbbbbbbbb")))).isBetween(0.26, 0.30);
    }

    @Test
    void goesWhereProvidersAre() {
        assertThat(shareAtHome(balancer.over(nodes("bbcc")))).isZero();
        assertThat(shareAtHome(balancer.over(nodes("aaa")))).isEqualTo(1);
    }

    @Test
    void spillsOverFromAZoneThatIsLoaded() {
        List<StubNode> nodes = nodes("aabb");
        Picker picker = balancer.over(nodes);
        nodes.get(0).with(3, 20 * MILLI);
        nodes.get(1).with(3, 20 * MILLI);
        assertThat(shareAtHome(picker)).isEqualTo(1);
        nodes.get(0).with(30, 2 * MILLI);
        nodes.get(1).with(30, 2 * MILLI);
        assertThat(shareAtHome(picker)).isZero();
        nodes.get(2).with(30, 2 * MILLI);
        nodes.get(3).with(30, 2 * MILLI);
        assertThat(shareAtHome(picker)).isEqualTo(1);
    }

    @Test
    void lendsTheBalancerWithinWhatItHadBefore() {
        LoadBalancer sticky = new ZoneBalancer("a", new StickyBalancer(random::nextLong), random::nextLong);
        List<StubNode> nodes = nodes("aaaaabbbbb");
        Picker picker = sticky.over(nodes);
        Node first = picker.pick(REQUEST);
        for (int i = 0; i < 20; i++) {
            picker = sticky.over(nodes, picker);
            assertThat(picker.pick(REQUEST)).isSameAs(first);
        }
    }

    @Test
    void avoidsNodesUnlessTheyAreMoreThanHalf() {
        List<StubNode> nodes = nodes("aabb");
        LoadBalancer avoiding = LoadBalancer.avoiding(node -> node.label("zone").equals("a"), LoadBalancer.random());
        assertThat(shareAtHome(avoiding.over(nodes))).isZero();
        assertThat(shareAtHome(avoiding.over(nodes("aaabb")))).isBetween(0.58, 0.62);
        assertThat(shareAtHome(avoiding.over(nodes("aaa")))).isEqualTo(1);
    }

    @Test
    void bothSayWhatTheBalancerWithinNeeds() {
        assertThat(LoadBalancer.inZone("a", LoadBalancer.consistentHash()).needsAll())
                .isTrue();
        assertThat(LoadBalancer.inZone("a", LoadBalancer.peakEwma()).needsAll()).isFalse();
        assertThat(LoadBalancer.avoiding(node -> false, LoadBalancer.consistentHash())
                        .needsAll())
                .isTrue();
    }
}
