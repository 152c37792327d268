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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistentHashBalancerTest {
    private static final int KEYS = 20_000;
    private static final RpcMethod METHOD =
            RpcMethod.builder(ServiceName.of("demo.Users"), "find(long)").build();

    private final SplittableRandom random = new SplittableRandom(7);
    private final LoadBalancer balancer = new ConsistentHashBalancer(RequestKey.argument("0"), random::nextLong);

    private static Request request(@Nullable Object key) {
        return new Request(
                METHOD,
                new Object[] {key},
                Metadata.EMPTY,
                Deadline.after(Duration.ofSeconds(3), 0, "test"),
                new Cancellation(),
                "");
    }

    private static Node[] homes(Picker picker) {
        Node[] homes = new Node[KEYS];
        for (int key = 0; key < KEYS; key++) {
            homes[key] = picker.pick(request((long) key));
        }
        return homes;
    }

    @Test
    void aKeyStaysWhateverTheOrderOfTheNodes() {
        List<StubNode> nodes = StubNode.weighing(100, 100, 100, 100, 100);
        List<StubNode> reversed = new ArrayList<>(nodes);
        Collections.reverse(reversed);
        assertThat(homes(balancer.over(nodes))).containsExactly(homes(balancer.over(reversed)));
    }

    @Test
    void spreadsTheKeysByWeight() {
        int[] weights = {100, 100, 100, 200, 50, 100, 400, 100, 100, 100};
        List<StubNode> nodes = StubNode.weighing(weights);
        int[] counts = new int[weights.length];
        for (Node home : homes(balancer.over(nodes))) {
            counts[nodes.indexOf((StubNode) home)]++;
        }
        int total = Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            double share = (double) KEYS * weights[i] / total;
            assertThat((double) counts[i]).isBetween(share * 0.6, share * 1.5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 40, 1_000})
    void aNodeThatLeavesMovesItsKeysOnly(int size) {
        List<StubNode> nodes = StubNode.weighing(new int[size]);
        List<StubNode> fewer = new ArrayList<>(nodes);
        StubNode gone = fewer.remove(size / 2);
        Picker before = balancer.over(nodes);
        Node[] homes = homes(before);
        Node[] after = homes(balancer.over(fewer, before));
        for (int key = 0; key < KEYS; key++) {
            if (homes[key] == gone) {
                assertThat(after[key]).isNotSameAs(gone);
            } else {
                assertThat(after[key]).isSameAs(homes[key]);
            }
        }
        assertThat(homes(balancer.over(nodes, balancer.over(fewer, before)))).containsExactly(homes);
    }

    @Test
    void aNodeThatGainsWeightGainsKeysAndTheOthersSwapNone() {
        List<StubNode> nodes = StubNode.weighing(100, 100, 100, 100);
        Picker before = balancer.over(nodes);
        Node[] homes = homes(before);
        StubNode heavier = new StubNode(2, 200);
        Node[] after = homes(balancer.over(List.of(nodes.get(0), nodes.get(1), heavier, nodes.get(3)), before));
        int gained = 0;
        for (int key = 0; key < KEYS; key++) {
            if (after[key] == heavier) {
                gained += homes[key] == nodes.get(2) ? 0 : 1;
            } else {
                assertThat(after[key]).isSameAs(homes[key]);
            }
        }
        assertThat(gained).isBetween(KEYS / 12, KEYS / 4);
    }

    @Test
    void aRingThatWasChangedIsTheOneThatWouldBeMadeAnew() {
        List<StubNode> pool = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            pool.add(new StubNode(i, 1 + random.nextInt(300)));
        }
        @Nullable Picker changed = null;
        for (int round = 0; round < 50; round++) {
            List<StubNode> some =
                    pool.stream().filter(node -> random.nextInt(4) > 0).toList();
            changed = balancer.over(some, changed);
            Picker anew = balancer.over(some);
            for (int key = 0; key < 500; key++) {
                assertThat(changed.pick(request(key))).isSameAs(anew.pick(request(key)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 50})
    void onePopularKeyIsSpreadNoFartherThanTheBound(int size) {
        int[] weights = new int[size];
        Arrays.fill(weights, 100);
        List<StubNode> nodes = StubNode.weighing(weights);
        Picker picker = balancer.over(nodes);
        for (int i = 0; i < 100 * size; i++) {
            ((StubNode) picker.pick(request("popular"))).inFlight++;
        }
        assertThat(nodes).allSatisfy(node -> assertThat(node.inFlight).isLessThanOrEqualTo(130));
        assertThat(nodes.stream().filter(node -> node.inFlight > 115).count()).isGreaterThan(size / 3);
    }

    @Test
    void anIdleNodeIsNeverFull() {
        List<StubNode> nodes = StubNode.weighing(100, 100, 100);
        Picker picker = balancer.over(nodes);
        Node home = picker.pick(request("key"));
        nodes.stream().filter(node -> node != home).forEach(node -> node.inFlight = 50);
        assertThat(picker.pick(request("key"))).isSameAs(home);
        ((StubNode) home).inFlight = 90;
        assertThat(picker.pick(request("key"))).isNotSameAs(home);
    }

    @Test
    void withoutAKeyAnyNodeWillDo() {
        List<StubNode> nodes = StubNode.weighing(100, 100, 100);
        Picker picker = balancer.over(nodes);
        int[] counts = new int[3];
        for (int i = 0; i < 3_000; i++) {
            counts[nodes.indexOf((StubNode) picker.pick(request(null)))]++;
        }
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }
}
