package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Address;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.FailureLoad;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.LoadBalancer.Picker;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.balance.PeakEwma;
import io.bowline.rpc.balance.SeededBalancers;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten providers under a stream of calls, in simulated time: calls arrive at random (a Poisson process, 500 a second)
 * and take 10 ms on average, and 20 times as long at the first provider from the moment at which it turns slow, or a tenth
 * of a millisecond from the moment at which it does nothing but fail.
 */
class LoadBalancerSimulationTest {
    private static final int NODES = 10;
    private static final double MEAN_GAP_NANOS = 2e6;
    private static final double MEAN_SERVICE_NANOS = 10e6;
    private static final double MEAN_FAILURE_NANOS = 0.1e6;

    private final ManualTimer timer = new ManualTimer();
    private SplittableRandom random = new SplittableRandom();
    private final List<Provider> providers =
            IntStream.range(0, NODES).mapToObj(Provider::new).toList();
    private final Request request = request(0);

    private Request request(int key) {
        return new Request(
                RpcMethod.builder(ServiceName.of("demo.Greeter"), "hello(int)").build(),
                new Object[] {key},
                Metadata.EMPTY,
                Deadline.after(Duration.ofSeconds(3), timer.nanoTime(), "test"),
                new Cancellation(),
                "");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomKeepsSendingToASlowProvider(long seed) {
        random = new SplittableRandom(seed);
        run(SeededBalancers.random(seed));
        assertThat(shareOfFirst()).isBetween(0.08, 0.12);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void peakEwmaTurnsAwayFromASlowProvider(long seed) {
        random = new SplittableRandom(seed);
        run(SeededBalancers.peakEwma(seed));
        assertThat(shareOfFirst()).isLessThan(0.03);
        assertThat(providers.subList(1, NODES))
                .allSatisfy(provider -> assertThat(provider.begun).isBetween(1_200, 3_500));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void peakEwmaComesBackToAProviderThatRecovered(long seed) {
        random = new SplittableRandom(seed);
        Picker picker = SeededBalancers.peakEwma(seed).over(providers);
        providers.get(0).slowness = 20;
        drive(picker, Duration.ofSeconds(20));
        providers.get(0).slowness = 1;
        drive(picker, Duration.ofSeconds(60));
        forget();
        drive(picker, Duration.ofSeconds(40));
        assertThat(shareOfFirst()).isGreaterThan(0.05);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void leastActiveTurnsAwayFromASlowProvider(long seed) {
        random = new SplittableRandom(seed);
        run(SeededBalancers.leastActive(seed));
        assertThat(shareOfFirst()).isLessThan(0.06);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void peakEwmaTriesAProviderThatJoinsWithOneCallUntilItAnswers(long seed) {
        random = new SplittableRandom(seed);
        drive(SeededBalancers.peakEwma(seed).over(providers), Duration.ofSeconds(5));
        Provider joined = new Provider(NODES);
        joined.slowness = 20;
        List<Provider> more = IntStream.rangeClosed(0, NODES)
                .mapToObj(i -> i < NODES ? providers.get(i) : joined)
                .toList();
        drive(SeededBalancers.peakEwma(seed).over(more), Duration.ofSeconds(2));
        assertThat(joined.begun).isPositive();
        assertThat(joined.mostWhileUnknown).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, OVERLOADED", "2, INTERNAL", "3, METHOD_NOT_FOUND"})
    void peakEwmaTurnsAwayFromAProviderThatFailsAtOnce(long seed, Code code) {
        random = new SplittableRandom(seed);
        runFailing(SeededBalancers.peakEwma(seed), code);
        assertThat(shareOfFirst()).isLessThan(0.002);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void leastActiveTurnsAwayFromAProviderThatFailsAtOnce(long seed) {
        random = new SplittableRandom(seed);
        runFailing(SeededBalancers.leastActive(seed), Code.OVERLOADED);
        assertThat(shareOfFirst()).isLessThan(0.02);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void peakEwmaTurnsAwayFromAProviderThatNeverDidAnythingElse(long seed) {
        random = new SplittableRandom(seed);
        providers.get(0).failure = Code.INTERNAL;
        drive(SeededBalancers.peakEwma(seed).over(providers), Duration.ofSeconds(40));
        assertThat(shareOfFirst()).isLessThan(0.02);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void peakEwmaComesBackToAProviderThatFailsNoLonger(long seed) {
        random = new SplittableRandom(seed);
        Picker picker = SeededBalancers.peakEwma(seed).over(providers);
        providers.get(0).failure = Code.OVERLOADED;
        drive(picker, Duration.ofSeconds(20));
        providers.get(0).failure = null;
        drive(picker, Duration.ofSeconds(40));
        forget();
        drive(picker, Duration.ofSeconds(40));
        assertThat(shareOfFirst()).isGreaterThan(0.05);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void peakEwmaDoesNotPunishAProviderForWhatItsServiceThrows(long seed) {
        random = new SplittableRandom(seed);
        runFailing(SeededBalancers.peakEwma(seed), Code.APPLICATION);
        assertThat(shareOfFirst()).isGreaterThan(0.02);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shortestResponseTurnsAwayFromASlowProvider(long seed) {
        random = new SplittableRandom(seed);
        run(SeededBalancers.shortestResponse(seed));
        assertThat(shareOfFirst()).isLessThan(0.02);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shortestResponseTurnsAwayFromAProviderThatFailsAtOnce(long seed) {
        random = new SplittableRandom(seed);
        runFailing(SeededBalancers.shortestResponse(seed), Code.INTERNAL);
        assertThat(shareOfFirst()).isLessThan(0.02);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void adaptiveTurnsAwayFromASlowProviderAndFromOneThatSaysItIsBusy(long seed) {
        random = new SplittableRandom(seed);
        providers.get(1).reportedLoad = 0.9;
        run(SeededBalancers.adaptive(seed));
        assertThat(shareOfFirst()).isLessThan(0.03);
        assertThat(providers.get(1).begun / 20_000.0).isLessThan(0.05);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void consistentHashKeepsKeysAtHomeWhileAllIsWell(long seed) {
        random = new SplittableRandom(seed);
        Picker picker = SeededBalancers.consistentHash(seed).over(providers);
        Node[] homes = new Node[NODES * 10];
        for (int key = 0; key < homes.length; key++) {
            homes[key] = picker.pick(request(key));
        }
        int away = 0;
        for (int i = 0; i < 10_000; i++) {
            timer.advance(exponential(MEAN_GAP_NANOS));
            int key = random.nextInt(homes.length);
            Node node = picker.pick(request(key));
            away += node == homes[key] ? 0 : 1;
            node.invoke(request);
        }
        assertThat(away).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void consistentHashBoundsWhatASlowProviderHolds(long seed) {
        random = new SplittableRandom(seed);
        run(SeededBalancers.consistentHash(seed));
        assertThat(shareOfFirst()).isLessThan(0.05);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void consistentHashMovesTheKeysOfAProviderThatFailsAtOnce(long seed) {
        random = new SplittableRandom(seed);
        runFailing(SeededBalancers.consistentHash(seed), Code.OVERLOADED);
        assertThat(shareOfFirst()).isLessThan(0.02);
    }

    /** As below, with a first provider that fails. */
    private void runFailing(LoadBalancer balancer, Code code) {
        Picker picker = balancer.over(providers);
        drive(picker, Duration.ofSeconds(5));
        providers.get(0).failure = code;
        forget();
        drive(picker, Duration.ofSeconds(40));
    }

    /** Warms up, turns the first provider slow, lets the balancer react for 2 s, and counts for 40 s. */
    private void run(LoadBalancer balancer) {
        Picker picker = balancer.over(providers);
        drive(picker, Duration.ofSeconds(5));
        providers.get(0).slowness = 20;
        drive(picker, Duration.ofSeconds(2));
        forget();
        drive(picker, Duration.ofSeconds(40));
    }

    private void drive(Picker picker, Duration time) {
        Duration end = timer.elapsed().plus(time);
        while (timer.elapsed().compareTo(end) < 0) {
            timer.advance(exponential(MEAN_GAP_NANOS));
            Request call = request(random.nextInt());
            picker.pick(call).invoke(call);
        }
    }

    private void forget() {
        providers.forEach(provider -> provider.begun = 0);
    }

    private double shareOfFirst() {
        double all = providers.stream().mapToInt(provider -> provider.begun).sum();
        return providers.get(0).begun / all;
    }

    private Duration exponential(double mean) {
        return Duration.ofNanos((long) (-Math.log(1 - random.nextDouble()) * mean));
    }

    /** Serves any number of calls side by side and keeps the figures as the engine's node does. */
    private final class Provider implements Node {
        private final Address address;
        private final PeakEwma latency = new PeakEwma();
        private final FailureLoad failures = new FailureLoad();
        private @Nullable Code failure;
        private double reportedLoad;
        private int slowness = 1;
        private int inFlight;
        private int mostWhileUnknown;
        private int begun;

        Provider(int index) {
            address = new Address("provider-" + index, 1);
        }

        @Override
        public CompletionStage<Response> invoke(Request call) {
            CompletableFuture<Response> answer = new CompletableFuture<>();
            long start = timer.nanoTime();
            begun++;
            inFlight++;
            mostWhileUnknown = latencyNanos() == 0 ? Math.max(mostWhileUnknown, inFlight) : mostWhileUnknown;
            Code failing = failure;
            double mean = failing == null ? MEAN_SERVICE_NANOS * slowness : MEAN_FAILURE_NANOS;
            timer.schedule(exponential(mean), () -> {
                inFlight--;
                if (failing == null) {
                    latency.observe(timer.nanoTime() - start, timer.nanoTime());
                    answer.complete(Response.of(null));
                } else {
                    failed(failing, timer.nanoTime() - start);
                    answer.completeExceptionally(RpcException.of(failing, "as told"));
                }
            });
            return answer;
        }

        private void failed(Code code, long tookNanos) {
            boolean blamed = FailureLoad.isNodesFault(code, false);
            if (blamed) {
                failures.failed(timer.nanoTime());
            }
            if (!blamed || latencyNanos() > 0) {
                latency.observeAtLeast(tookNanos, timer.nanoTime());
            }
        }

        @Override
        public Address address() {
            return address;
        }

        @Override
        public int weight() {
            return 100;
        }

        @Override
        public int inFlight() {
            return inFlight + failures.calls(timer.nanoTime());
        }

        @Override
        public long latencyNanos() {
            return latency.current(timer.nanoTime());
        }

        @Override
        public double reportedLoad() {
            return reportedLoad;
        }
    }
}
