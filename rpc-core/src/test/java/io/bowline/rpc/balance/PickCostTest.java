package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer.Picker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pick leaves nothing behind and looks at a few nodes, however many there are. Counted, not timed. */
class PickCostTest {
    private static final int PICKS = 20_000;

    private record User(long userId) {}

    static final Request REQUEST = new Request(
            RpcMethod.builder(ServiceName.of("demo.Users"), "save(User)").build(),
            new Object[] {new User(Long.MAX_VALUE)},
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(3), 0, "test"),
            new Cancellation(),
            "");

    static Stream<String> names() {
        return Stream.concat(
                LoadBalancer.names().stream(), Stream.of("consistent-hash:0.userId", "consistent-hash:@tenant"));
    }

    private static List<StubNode> nodes(int count, boolean mixed) {
        SplittableRandom random = new SplittableRandom(count);
        List<StubNode> nodes = StubNode.weighing(
                random.ints(count, 50, 150).map(weight -> mixed ? weight : 100).toArray());
        nodes.forEach(node -> node.with(random.nextInt(5), random.nextInt(1_000_000)));
        return nodes;
    }

    @ParameterizedTest
    @MethodSource("names")
    void allocatesNothing(String name) {
        for (int count : new int[] {1, 10, 1_000}) {
            for (boolean mixed : new boolean[] {false, true}) {
                LoadBalancer named = LoadBalancer.named(name);
                List<StubNode> nodes = nodes(count, mixed);
                assertAllocatesNothing(named.over(nodes));
                assertAllocatesNothing(LoadBalancer.inZone("", named).over(nodes));
            }
        }
    }

    private static void assertAllocatesNothing(Picker picker) {
        picks(picker);
        long before = allocated();
        picks(picker);
        assertThat(allocated() - before).as("bytes for %d picks", PICKS).isLessThan(PICKS);
    }

    private static void picks(Picker picker) {
        for (int i = 0; i < PICKS; i++) {
            picker.pick(REQUEST);
        }
    }

    private static long allocated() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getCurrentThreadAllocatedBytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000})
    void looksAtAFewNodes(int count) {
        Map<String, Integer> most = Map.of(
                "random", 0,
                "sticky", 0,
                "first-available", 0,
                "round-robin", 0,
                "peak-ewma", 2,
                "adaptive", 2,
                "shortest-response", 4,
                "least-active", 4,
                "consistent-hash", 30);
        assertThat(most.keySet()).containsAll(LoadBalancer.names());
        List<StubNode> nodes = nodes(count, true);
        most.forEach((name, looks) -> {
            Picker picker = LoadBalancer.named(name).over(nodes);
            nodes.forEach(node -> node.looks = 0);
            picks(picker);
            int looked = nodes.stream().mapToInt(node -> node.looks).sum();
            assertThat(looked).as(name).isLessThanOrEqualTo(looks * PICKS);
        });
    }
}
