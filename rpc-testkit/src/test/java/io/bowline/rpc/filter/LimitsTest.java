package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The limits of rate and of concurrency, and the filter that puts them around calls. */
class LimitsTest {
    private final ManualTimer timer = new ManualTimer();
    private final RpcMethod method =
            RpcMethod.builder(ServiceName.of("demo.Shop"), "buy()").build();

    private Request request() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(3), timer.nanoTime(), "test");
        return new Request(method, new Object[0], Metadata.EMPTY, deadline, new Cancellation(), "");
    }

    private RateLimit rate(double perSecond, int burst) {
        return new RateLimit("buy()", new RateLimitPolicy(perSecond, burst), "test", timer.nanoTime());
    }

    private ConcurrencyLimit limit(ConcurrencyLimitPolicy policy) {
        return new ConcurrencyLimit("buy()", policy, "test");
    }

    private int granted(Gate gate, int asked) {
        int granted = 0;
        for (int i = 0; i < asked; i++) {
            granted += gate.tryEnter(timer.nanoTime()) ? 1 : 0;
        }
        return granted;
    }

    private static RpcException failure(CompletionStage<Response> call) {
        assertThat(call.toCompletableFuture()).isCompletedExceptionally();
        return call.handle((response, thrown) -> RpcException.from(thrown))
                .toCompletableFuture()
                .join();
    }

    @Test
    void aRateLetsABurstInAndThenItsRate() {
        RateLimit gate = rate(10, 5);
        assertThat(granted(gate, 100)).isEqualTo(5);
        timer.advance(Duration.ofMillis(99));
        assertThat(granted(gate, 100)).isZero();
        timer.advance(Duration.ofMillis(1));
        assertThat(granted(gate, 100)).isEqualTo(1);
        timer.advance(Duration.ofHours(1));
        assertThat(granted(gate, 100))
                .as("no more than a burst, however long nobody came")
                .isEqualTo(5);
        assertThat(gate.why(timer.nanoTime())).isEqualTo("rate limit (test) of buy(), 10.0 calls a second, 5 at once");
    }

    @Test
    void aRateHoldsOverALongWhile() {
        RateLimit gate = rate(3, 1);
        int granted = 0;
        for (int i = 0; i < 10_000; i++) {
            granted += granted(gate, 1);
            timer.advance(Duration.ofMillis(7));
        }
        assertThat(granted).isBetween(205, 211);
    }

    @Test
    void whatWasWithdrawnIsNotCounted() {
        RateLimit gate = rate(1, 1);
        assertThat(granted(gate, 2)).isEqualTo(1);
        gate.withdrawn();
        assertThat(granted(gate, 2)).isEqualTo(1);
    }

    @Test
    void aFixedLimitIsNeverPassedAndGivesBack() {
        ConcurrencyLimit gate = limit(ConcurrencyLimitPolicy.fixed(3));
        assertThat(granted(gate, 5)).isEqualTo(3);
        gate.left(1, timer.nanoTime(), null);
        gate.left(1, timer.nanoTime(), Code.OVERLOADED);
        gate.withdrawn();
        assertThat(gate.inFlight()).isZero();
        assertThat(gate.limit()).isEqualTo(3);
        assertThat(granted(gate, 5)).isEqualTo(3);
        assertThat(gate.why(0)).isEqualTo("limit (test) of 3 calls at once of buy()");
    }

    /** Keeps as many calls under way as it may, at a server that works on so many at once; the rest wait there. */
    private void saturate(ConcurrencyLimit gate, int workers, int rounds) {
        for (int round = 0; round < rounds; round++) {
            int calls = granted(gate, 10_000);
            double took = 10e6 * Math.max(1, calls / (double) workers);
            for (int i = 0; i < calls; i++) {
                gate.left((long) took, timer.nanoTime(), null);
            }
        }
    }

    @Test
    void anAdaptiveLimitGrowsWhileTimesAreSteady() {
        ConcurrencyLimit gate = limit(ConcurrencyLimitPolicy.ADAPTIVE);
        saturate(gate, 10_000, 100);
        assertThat(gate.limit()).isEqualTo(1_000);
    }

    @Test
    void anAdaptiveLimitShrinksWhenTimesGrow() {
        ConcurrencyLimit gate = limit(ConcurrencyLimitPolicy.ADAPTIVE);
        saturate(gate, 200, 3);
        int before = gate.limit();
        for (int i = 0; i < 200; i++) {
            int calls = granted(gate, before);
            for (int call = 0; call < calls; call++) {
                gate.left(Duration.ofSeconds(1).toNanos(), timer.nanoTime(), null);
            }
            if (gate.limit() < before / 2) {
                return;
            }
        }
        assertThat(gate.limit()).isLessThan(before / 2);
    }

    @Test
    void anAdaptiveLimitShrinksWithCallsThatRanOutOfTimeDownToItsLeast() {
        ConcurrencyLimit gate = limit(ConcurrencyLimitPolicy.adaptive(4, 100));
        assertThat(gate.limit()).isEqualTo(20);
        granted(gate, 1);
        gate.left(1, timer.nanoTime(), Code.DEADLINE_EXCEEDED);
        assertThat(gate.limit()).isEqualTo(18);
        for (int i = 0; i < 100; i++) {
            granted(gate, 1);
            gate.left(1, timer.nanoTime(), Code.OVERLOADED);
        }
        assertThat(gate.limit()).isEqualTo(4);
        assertThat(gate.why(0)).endsWith("of buy(), found between 4 and 100");
    }

    @Test
    void anAdaptiveLimitThatIsNotUsedStays() {
        ConcurrencyLimit gate = limit(ConcurrencyLimitPolicy.ADAPTIVE);
        for (int i = 0; i < 1_000; i++) {
            granted(gate, 1);
            gate.left(Duration.ofMillis(i % 7).toNanos(), timer.nanoTime(), i % 5 == 0 ? Code.APPLICATION : null);
        }
        assertThat(gate.limit()).isEqualTo(20);
    }

    @Test
    void anAdaptiveLimitLearnsNothingFromWhatSaysNothing() {
        ConcurrencyLimit gate = limit(ConcurrencyLimitPolicy.ADAPTIVE);
        for (int i = 0; i < 100; i++) {
            assertThat(granted(gate, 100)).isEqualTo(20);
            for (int call = 0; call < 20; call++) {
                gate.left(i, timer.nanoTime(), Code.CANCELLED);
            }
        }
        assertThat(gate.limit()).isEqualTo(20);
    }

    @Test
    void theFilterKeepsOutAndSaysWhatAndThatNothingWasBegun() {
        Invoker never = any -> new CompletableFuture<>();
        GateFilter filter = new GateFilter(limit(ConcurrencyLimitPolicy.fixed(1)), timer);
        assertThat(filter.apply(request(), never).toCompletableFuture()).isNotDone();
        RpcException failure = failure(filter.apply(request(), never));
        assertThat(failure.code()).isEqualTo(Code.OVERLOADED);
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure)
                .hasMessage("RPC-OVERLOADED demo.Shop buy() was kept out by limit (test) of 1 calls at once of buy();"
                        + " it was not begun");
    }

    @Test
    void theFilterGivesThePlaceBackHoweverTheCallEnds() {
        ConcurrencyLimit gate = limit(ConcurrencyLimitPolicy.fixed(1));
        GateFilter filter = new GateFilter(gate, timer);
        ArrayDeque<Invoker> ends = new ArrayDeque<>();
        CompletableFuture<Response> later = new CompletableFuture<>();
        CompletableFuture<Response> broken = new CompletableFuture<>();
        CompletableFuture<Response> never = new CompletableFuture<>();
        ends.add(any -> CompletableFuture.completedFuture(Response.of("now")));
        ends.add(any -> CompletableFuture.failedFuture(new IllegalStateException("now")));
        ends.add(any -> {
            throw new IllegalStateException("thrown");
        });
        while (!ends.isEmpty()) {
            filter.apply(request(), ends.remove());
            assertThat(gate.inFlight()).isZero();
        }
        filter.apply(request(), any -> later);
        assertThat(gate.inFlight()).isEqualTo(1);
        later.complete(Response.of("later"));
        assertThat(gate.inFlight()).isZero();
        filter.apply(request(), any -> broken);
        broken.completeExceptionally(new IllegalStateException("later"));
        assertThat(gate.inFlight()).isZero();
        Request abandoned = request();
        filter.apply(abandoned, any -> never);
        abandoned.cancellation().cancel();
        never.complete(Response.of("too late"));
        assertThat(gate.inFlight()).isZero();
    }

    @Test
    void cancellingACallDoesNotBuyAnother() {
        Invoker shop = new GateFilter(rate(10, 2), timer).before(ignored -> new CompletableFuture<>());
        for (int i = 0; i < 2; i++) {
            Request request = request();
            assertThat(shop.invoke(request).toCompletableFuture()).isNotDone();
            request.cancellation().cancel();
        }
        assertThat(failure(shop.invoke(request())).code()).isEqualTo(Code.OVERLOADED);
    }

    @Test
    void theFilterPutsNoStageAroundACall() {
        CompletableFuture<Response> call = new CompletableFuture<>();
        GateFilter filter = new GateFilter(limit(ConcurrencyLimitPolicy.fixed(1)), timer);
        assertThat(filter.apply(request(), any -> call)).isSameAs(call);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimitPolicy(0, 1))
                .withMessageStartingWith("perSecond: 0.0 (expected: >= ");
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimitPolicy(Double.NaN, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimitPolicy(1, 0))
                .withMessage("burst: 0 (expected: 1 to 1000000)");
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimitPolicy(1e-5, 1_000_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConcurrencyLimitPolicy.fixed(0))
                .withMessage("min: 0, initial: 0, max: 0 (expected: 1 <= min <= initial <= max)");
        assertThatIllegalArgumentException().isThrownBy(() -> new ConcurrencyLimitPolicy(5, 4, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConcurrencyLimitPolicy(5, 7, 6));
        assertThat(RateLimitPolicy.OFF.active()).isFalse();
        assertThat(RateLimitPolicy.perSecond(100)).isEqualTo(new RateLimitPolicy(100, 10));
        assertThat(ConcurrencyLimitPolicy.OFF.active()).isFalse();
    }
}
