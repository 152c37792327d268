package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import java.time.Duration;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is particular to each balancer; what they have in common is the testkit's {@code LoadBalancerContract}. */
class BalancersTest {
    private static final long MILLI = 1_000_000;
    private static final int PICKS = 100_000;
    private static final Request REQUEST = new Request(
            RpcMethod.builder(ServiceName.of("demo.Greeter"), "hello()").build(),
            new Object[0],
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(3), 0, "test"),
            new Cancellation(),
            "");

    private final SplittableRandom random = new SplittableRandom(42);
    private final LoadBalancer peakEwma = new PeakEwmaBalancer(random::nextLong);
    private final LoadBalancer leastActive = new LeastActiveBalancer(random::nextLong);

    @Test
    void roundRobinGivesEachNodeItsWeightInTurns() {
        List<StubNode> nodes = StubNode.weighing(300, 200, 100);
        assertThat(counts(new RoundRobinBalancer(random::nextLong), nodes, 6_000))
                .containsExactly(3_000, 2_000, 1_000);
    }

    @Test
    void roundRobinBeginsAnywhere() {
        List<StubNode> nodes = StubNode.weighing(100, 100, 100);
        LoadBalancer balancer = new RoundRobinBalancer(random::nextLong);
        int[] first = new int[3];
        for (int i = 0; i < 3_000; i++) {
            first[nodes.indexOf(balancer.over(nodes).pick(REQUEST))]++;
        }
        assertThat(Arrays.stream(first).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }

    @Test
    void leastActiveTakesTheNodeWithTheFewestCalls() {
        List<StubNode> nodes = StubNode.weighing(100, 100, 100, 100);
        nodes.get(0).with(3, 0);
        nodes.get(1).with(2, 0);
        nodes.get(2).with(1, 0);
        nodes.get(3).with(2, 0);
        assertThat(counts(leastActive, nodes, 1_000)).containsExactly(0, 0, 1_000, 0);
    }

    @Test
    void leastActiveBreaksTiesEvenly() {
        List<StubNode> nodes = StubNode.weighing(100, 100, 100, 100);
        nodes.get(1).with(9, 0);
        int[] counts = counts(leastActive, nodes, PICKS);
        assertThat(counts[1]).isZero();
        assertThat(List.of(counts[0], counts[2], counts[3]))
                .allSatisfy(count -> assertThat((double) count).isCloseTo(PICKS / 3.0, within(PICKS * 0.03)));
    }

    @Test
    void leastActiveMeasuresCallsAgainstTheWeight() {
        List<StubNode> nodes = StubNode.weighing(300, 100);
        nodes.get(0).with(5, 0);
        nodes.get(1).with(2, 0);
        assertThat(counts(leastActive, nodes, 1_000)).containsExactly(1_000, 0);
        nodes.get(0).with(9, 0);
        assertThat(counts(leastActive, nodes, 1_000)[0]).isBetween(0, 1);
    }

    @Test
    void leastActiveDoesNotFloodALightNodeThatHappensToBeIdle() {
        List<StubNode> nodes = StubNode.weighing(10_000, 1);
        nodes.get(0).with(50, 0);
        assertThat(counts(leastActive, nodes, 10_000)[1]).isLessThan(15);
    }

    @Test
    void leastActiveAvoidsLoadedNodesAmongManyToo() {
        List<StubNode> nodes = StubNode.weighing(new int[1_000]);
        for (int i = 0; i < 500; i++) {
            nodes.get(i).with(100, 0);
        }
        int[] counts = counts(leastActive, nodes, PICKS);
        int onLoaded = Arrays.stream(counts, 0, 500).sum();
        assertThat((double) onLoaded).isCloseTo(PICKS / 16.0, within(6 * Math.sqrt(PICKS / 16.0)));
    }

    @Test
    void peakEwmaTakesTheCheaperOfTwo() {
        List<StubNode> nodes = StubNode.weighing(100, 100);
        nodes.get(0).with(0, 3 * MILLI);
        nodes.get(1).with(1, MILLI);
        assertThat(counts(peakEwma, nodes, 1_000)).containsExactly(0, 1_000);
        nodes.get(1).with(3, MILLI);
        assertThat(counts(peakEwma, nodes, 1_000)).containsExactly(1_000, 0);
    }

    @Test
    void peakEwmaTriesAnUnknownNodeAndDoesNotStormIt() {
        List<StubNode> nodes = StubNode.weighing(100, 100);
        nodes.get(0).with(4, 10 * MILLI);
        assertThat(counts(peakEwma, nodes, 1_000)).containsExactly(0, 1_000);
        nodes.get(1).with(1, 0);
        assertThat(counts(peakEwma, nodes, 1_000)).containsExactly(1_000, 0);
    }

    @Test
    void peakEwmaKeepsToTheWeightsAmongEquallyGoodNodes() {
        List<StubNode> nodes = StubNode.weighing(300, 100);
        SplittableRandom noise = new SplittableRandom(1);
        LoadBalancer.Picker picker = peakEwma.over(nodes);
        int light = 0;
        for (int i = 0; i < PICKS; i++) {
            nodes.forEach(node -> node.with(0, MILLI + noise.nextInt(100_000)));
            light += picker.pick(REQUEST) == nodes.get(1) ? 1 : 0;
        }
        assertThat((double) light).isCloseTo(PICKS * 0.25, within(6 * Math.sqrt(PICKS * 0.25 * 0.75)));
    }

    @Test
    void peakEwmaAvoidsASlowNodeWhateverItsWeight() {
        List<StubNode> nodes = StubNode.weighing(300, 100, 100);
        nodes.forEach(node -> node.with(0, MILLI));
        nodes.get(0).with(0, 20 * MILLI);
        assertThat(counts(peakEwma, nodes, 1_000)[0]).isZero();
    }

    @Test
    void peakEwmaCountsCallsInFlightAgainstTheShare() {
        List<StubNode> nodes = StubNode.weighing(10_000, 1);
        nodes.get(0).with(50, MILLI);
        nodes.get(1).with(0, MILLI);
        assertThat(counts(peakEwma, nodes, 10_000)[1]).isLessThan(15);
    }

    @Test
    void shortestResponseTakesTheNodeThatIsExpectedToAnswerFirst() {
        List<StubNode> nodes = StubNode.weighing(100, 100, 100, 100);
        nodes.get(0).with(0, 5 * MILLI);
        nodes.get(1).with(1, 2 * MILLI);
        nodes.get(2).with(9, MILLI);
        nodes.get(3).with(3, MILLI / 2);
        assertThat(counts(new ShortestResponseBalancer(random::nextLong), nodes, 1_000))
                .containsExactly(0, 0, 0, 1_000);
    }

    @Test
    void adaptiveShunsANodeThatSaysItIsBusy() {
        List<StubNode> nodes = StubNode.weighing(100, 100);
        nodes.forEach(node -> node.with(0, MILLI));
        nodes.get(0).reportedLoad = 0.9;
        assertThat(counts(new AdaptiveBalancer(random::nextLong), nodes, 1_000)).containsExactly(0, 1_000);
        nodes.get(1).with(0, 20 * MILLI);
        assertThat(counts(new AdaptiveBalancer(random::nextLong), nodes, 1_000)).containsExactly(1_000, 0);
    }

    @Test
    void aReportIsWholePercentAndGrowsOld() {
        ReportedLoad load = new ReportedLoad();
        assertThat(load.current(-5)).isZero();
        load.told("42", -5);
        assertThat(load.current(0)).isEqualTo(0.42);
        for (String junk : List.of("", "-1", "101", "1000", "4.2", "x", "99999999999999")) {
            load.told(junk, 1);
            assertThat(load.current(1)).isEqualTo(0.42);
        }
        load.told("100", Long.MAX_VALUE);
        assertThat(load.current(Long.MIN_VALUE + 1_000)).isEqualTo(1);
        assertThat(load.current(Long.MIN_VALUE + 6_000 * MILLI)).isZero();
    }

    @Test
    void stickyStaysUntilItsNodeIsGone() {
        List<StubNode> nodes = StubNode.weighing(100, 100, 100, 100, 100);
        LoadBalancer sticky = new StickyBalancer(random::nextLong);
        LoadBalancer.Picker picker = sticky.over(nodes, null);
        Node first = picker.pick(REQUEST);
        for (StubNode leaving : nodes) {
            List<StubNode> rest = nodes.stream().filter(node -> node != leaving).toList();
            picker = sticky.over(rest, picker);
            if (leaving != first) {
                assertThat(picker.pick(REQUEST)).isSameAs(first);
            } else {
                first = picker.pick(REQUEST);
                assertThat(first).isNotSameAs(leaving);
            }
            picker = sticky.over(nodes, picker);
            assertThat(picker.pick(REQUEST)).isSameAs(first);
        }
    }

    @Test
    void stickyClientsSpreadByWeight() {
        List<StubNode> nodes = StubNode.weighing(300, 100);
        LoadBalancer sticky = new StickyBalancer(random::nextLong);
        int light = 0;
        for (int i = 0; i < 4_000; i++) {
            light += sticky.over(nodes).pick(REQUEST) == nodes.get(1) ? 1 : 0;
        }
        assertThat(light).isBetween(830, 1_170);
    }

    @Test
    void takesAWeightOutOfBoundsForTheNearerBound() {
        assertThat(Weights.of(StubNode.weighing(Integer.MAX_VALUE, 0, -5))).containsExactly(10_000, 1, 1);
        assertThat(Weights.of(StubNode.weighing(150, 100, 50))).containsExactly(3, 2, 1);
    }

    @Test
    void isFoundByName() {
        assertThat(LoadBalancer.names())
                .containsExactly(
                        "adaptive",
                        "consistent-hash",
                        "first-available",
                        "least-active",
                        "peak-ewma",
                        "random",
                        "round-robin",
                        "shortest-response",
                        "sticky");
        for (String name : LoadBalancer.names()) {
            assertThat(LoadBalancer.named(name).name()).isEqualTo(name);
        }
        assertThat(LoadBalancer.named("consistent-hash:0.userId").name()).isEqualTo("consistent-hash");
        assertThatThrownBy(() -> LoadBalancer.named("consistent-hash:userId"))
                .hasMessage("RPC-INVALID-CONFIGURATION the key 'userId' is no path"
                        + " (expected: an argument's number from 0, then properties: 0.userId)");
    }

    @Test
    void namesTheKnownBalancersForAnUnknownOne() {
        assertThatThrownBy(() -> LoadBalancer.named("peek-ewma"))
                .isInstanceOfSatisfying(
                        RpcException.class, thrown -> assertThat(thrown.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                .hasMessage("RPC-INVALID-CONFIGURATION no load balancer is named 'peek-ewma'; "
                        + "known: adaptive, consistent-hash, first-available, least-active, peak-ewma, random, round-robin,"
                        + " shortest-response, sticky. Did you mean peak-ewma?");
    }

    private static int[] counts(LoadBalancer balancer, List<StubNode> nodes, int picks) {
        LoadBalancer.Picker picker = balancer.over(List.copyOf(nodes));
        int[] counts = new int[nodes.size()];
        Map<Node, Integer> index = new IdentityHashMap<>();
        nodes.forEach(node -> index.put(node, index.size()));
        for (int i = 0; i < picks; i++) {
            counts[index.get(picker.pick(REQUEST))]++;
        }
        return counts;
    }
}
