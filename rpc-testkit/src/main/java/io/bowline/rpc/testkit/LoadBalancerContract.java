package io.bowline.rpc.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.LoadBalancer.Picker;
import io.bowline.rpc.balance.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link LoadBalancer} keeps to. A balancer is done when its subclass is green:
 *
 * <pre>
 * class MyBalancerTest extends LoadBalancerContract {
 *     &#64;Override protected LoadBalancer balancer() { return new MyBalancer(); }
 * }
 * </pre>
 *
 * <p>Shares are judged by six standard deviations of a random choice: a right balancer fails once in some hundred
 * million runs. A balancer that by its nature does not do all of it says so in {@link #qualities}.
 */
public abstract class LoadBalancerContract {
    /** What a balancer may leave out by its nature. */
    public enum Quality {
        /** Nodes that are alike get alike shares. */
        EVEN,
        /** A node's share is in proportion to its weight while all are idle and equally fast. */
        WEIGHTED,
        /** A node with many calls in flight is avoided. */
        LOAD_AWARE
    }

    private static final int PICKS = 50_000;

    private static final RpcMethod METHOD = RpcMethod.builder(ServiceName.of("contract.Service"), "call(int)")
            .parameterTypes(List.of(int.class))
            .build();

    /** The balancer under test; asked for once a test. */
    protected abstract LoadBalancer balancer();

    /** What the balancer does; all of it, unless a subclass knows better. */
    protected Set<Quality> qualities() {
        return EnumSet.allOf(Quality.class);
    }

    /** The request of the n-th pick, for balancers that choose by what is in it: each has its number as argument. */
    protected Request request(int number) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(3), Timer.system().nanoTime(), "contract");
        return new Request(METHOD, new Object[] {number}, Metadata.EMPTY, deadline, new Cancellation(), "");
    }

    @Test
    void picksTheOnlyNode() {
        List<FakeNode> nodes = FakeNode.weighing(7);
        assertThat(counts(nodes, 100)).containsExactly(100);
        nodes.get(0).inFlight(1_000).latency(Duration.ofSeconds(9));
        assertThat(counts(nodes, 100)).containsExactly(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 15, 16, 17, 100, 1_000, 9_999, 10_000})
    void picksOneOfItsNodesWhateverTheirNumberAndState(int size) {
        SplittableRandom random = new SplittableRandom(size);
        List<FakeNode> nodes = FakeNode.weighing(random.ints(size, 1, 10_001).toArray());
        for (FakeNode node : nodes) {
            node.inFlight(random.nextInt(3) * random.nextInt(1_000))
                    .latency(Duration.ofNanos(random.nextLong(2) * random.nextLong(Long.MAX_VALUE)));
        }
        nodes.get(0).inFlight(Integer.MAX_VALUE).latency(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(IntStream.of(counts(nodes, 2_000)).sum()).isEqualTo(2_000);
    }

    @Test
    void takesWeightsOutOfBoundsAsTheyCome() {
        assertThat(IntStream.of(counts(FakeNode.weighing(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE), 1_000))
                        .sum())
                .isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 16, 17, 50})
    void givesEqualNodesEqualShares(int size) {
        assumeTrue(qualities().contains(Quality.EVEN));
        assertShares(IntStream.generate(() -> 100).limit(size).toArray());
    }

    @Test
    void givesSharesInProportionToTheWeights() {
        assumeTrue(qualities().contains(Quality.WEIGHTED));
        assertShares(1, 2, 3, 4);
        assertShares(100, 50);
        assertShares(100, 100, 100, 10);
        assertShares(new SplittableRandom(1).ints(40, 1, 10_001).toArray());
    }

    @Test
    void keepsTheSharesOfExtremeWeights() {
        assumeTrue(qualities().contains(Quality.WEIGHTED));
        assertShares(1, 10_000);
        assertShares(10_000, 1, 1, 1, 10_000);
        int[] weights = new int[100];
        Arrays.fill(weights, 1);
        weights[50] = 10_000;
        assertShares(weights);
    }

    @Test
    void picksFromManyThreadsAtOnce() throws Exception {
        int threads = 4;
        List<FakeNode> nodes = FakeNode.weighing(100, 100, 200);
        Picker picker = balancer().over(nodes);
        CountDownLatch start = new CountDownLatch(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<int[]>> parts = new ArrayList<>();
        int[] counts = new int[nodes.size()];
        try {
            for (int thread = 0; thread < threads; thread++) {
                parts.add(executor.submit(() -> {
                    start.countDown();
                    start.await();
                    return counts(picker, nodes, PICKS / threads);
                }));
            }
            for (Future<int[]> part : parts) {
                int[] more = part.get();
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += more[i];
                }
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(IntStream.of(counts).sum()).isEqualTo(PICKS);
        if (qualities().contains(Quality.WEIGHTED)) {
            assertShares(counts, 100, 100, 200);
        }
    }

    @Test
    void keepsPickersApart() {
        List<FakeNode> before = FakeNode.weighing(100, 100, 100);
        List<FakeNode> after = List.of(before.get(2), FakeNode.of("new", 100));
        LoadBalancer balancer = balancer();
        Picker old = balancer.over(before);
        assertThat(IntStream.of(counts(old, before, 1_000)).sum()).isEqualTo(1_000);
        assertThat(IntStream.of(counts(balancer.over(after), after, 1_000)).sum())
                .isEqualTo(1_000);
        assertThat(IntStream.of(counts(old, before, 1_000)).sum()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100})
    void avoidsANodeWithManyCallsInFlight(int size) {
        assumeTrue(qualities().contains(Quality.LOAD_AWARE));
        List<FakeNode> nodes =
                FakeNode.weighing(IntStream.generate(() -> 100).limit(size).toArray());
        nodes.get(0).inFlight(1_000);
        assertThat(counts(nodes, PICKS)[0]).isLessThan(PICKS / size / 4);
    }

    @Test
    void spreadsCallsThatPileUp() {
        assumeTrue(qualities().contains(Quality.LOAD_AWARE));
        List<FakeNode> nodes =
                FakeNode.weighing(IntStream.generate(() -> 100).limit(20).toArray());
        Picker picker = balancer().over(nodes);
        for (int i = 0; i < 2_000; i++) {
            FakeNode node = (FakeNode) picker.pick(request(i));
            node.inFlight(node.inFlight() + 1);
        }
        assertThat(nodes).allSatisfy(node -> assertThat(node.inFlight()).isBetween(80, 120));
    }

    private void assertShares(int... weights) {
        assertShares(counts(FakeNode.weighing(weights), PICKS), weights);
    }

    private static void assertShares(int[] counts, int... weights) {
        double total = IntStream.of(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            double share = weights[i] / total;
            double allowed = 6 * Math.sqrt(PICKS * share * (1 - share)) + 6;
            assertThat((double) counts[i])
                    .as("picks of node %d of weight %d among %d", i, weights[i], weights.length)
                    .isBetween(PICKS * share - allowed, PICKS * share + allowed);
        }
    }

    private int[] counts(List<FakeNode> nodes, int picks) {
        return counts(balancer().over(nodes), nodes, picks);
    }

    /** How often each node was picked; a pick from outside the list fails. */
    private int[] counts(Picker picker, List<FakeNode> nodes, int picks) {
        IdentityHashMap<Node, Integer> indexes = new IdentityHashMap<>();
        nodes.forEach(node -> indexes.put(node, indexes.size()));
        int[] counts = new int[nodes.size()];
        for (int i = 0; i < picks; i++) {
            Integer index = indexes.get(picker.pick(request(i)));
            counts[requireNonNull(index, "the picked node is none of the given ones")]++;
        }
        return counts;
    }
}
