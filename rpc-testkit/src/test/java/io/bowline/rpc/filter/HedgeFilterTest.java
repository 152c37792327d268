package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.ManualTimer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HedgeFilterTest {
    private static final Duration TENTH = Duration.ofMillis(100);

    private final ManualTimer timer = new ManualTimer();
    private final RetryBudget budget = new RetryBudget(RetryBudgetPolicy.DEFAULT, timer);
    private final StubProviders providers = new StubProviders(3);

    private CompletableFuture<Response> call(HedgeFilter filter) {
        return call(filter, StubProviders.request(timer));
    }

    private CompletableFuture<Response> call(HedgeFilter filter, Request request) {
        return filter.before(providers).invoke(request).toCompletableFuture();
    }

    private HedgeFilter filter(int maxAttempts) {
        return new HedgeFilter(new HedgePolicy(0.9, maxAttempts, TENTH, TENTH), budget, timer);
    }

    private static RpcException failure(CompletableFuture<Response> call) {
        assertThat(call).isCompletedExceptionally();
        return call.handle((response, thrown) -> RpcException.from(thrown)).join();
    }

    @Test
    void aCallInTimeIsSentOnceAndLeavesNoAlarm() {
        CompletableFuture<Response> call = call(filter(2));
        timer.advance(Duration.ofMillis(99));
        providers.attempts().get(0).answer("first");
        assertThat(call.join().value()).isEqualTo("first");
        assertThat(timer.pending()).isZero();
        assertThat(providers.attempts()).hasSize(1);
    }

    @Test
    void aLateCallGoesToAnotherProviderAndTheLoserIsCancelled() {
        CompletableFuture<Response> call = call(filter(2));
        timer.advance(TENTH);
        assertThat(providers.attempts()).hasSize(2);
        providers.attempts().get(1).answer("second");
        assertThat(call.join().value()).isEqualTo("second");
        assertThat(providers.attempts().get(0).cancelled()).isTrue();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void theFirstMayStillWin() {
        CompletableFuture<Response> call = call(filter(2));
        timer.advance(TENTH);
        providers.attempts().get(0).answer("first");
        assertThat(call.join().value()).isEqualTo("first");
        assertThat(providers.attempts().get(1).cancelled()).isTrue();
    }

    @Test
    void eachHedgeWaitsForTheOneBefore() {
        call(filter(3));
        timer.advance(TENTH);
        assertThat(providers.attempts()).hasSize(2);
        timer.advance(TENTH);
        assertThat(providers.attempts()).hasSize(3);
        timer.advance(Duration.ofSeconds(2));
        assertThat(providers.attempts()).hasSize(3);
    }

    @Test
    void whatAnotherProviderMayTakeGoesThereAtOnce() {
        CompletableFuture<Response> call = call(filter(2));
        providers.attempts().get(0).fail(RpcException.unprocessed(Code.OVERLOADED, "full"));
        assertThat(providers.attempts()).hasSize(2);
        providers.attempts().get(1).answer("second");
        assertThat(call.join().value()).isEqualTo("second");
    }

    @Test
    void whatNobodyElseWouldAnswerOtherwiseEndsTheCall() {
        CompletableFuture<Response> call = call(filter(2));
        providers.attempts().get(0).fail(RpcException.of(Code.MALFORMED_DATA, "no"));
        assertThat(failure(call).code()).isEqualTo(Code.MALFORMED_DATA);
        assertThat(providers.attempts()).hasSize(1);
    }

    @Test
    void aSpentBudgetMeansNoHedge() {
        while (budget.tryAttempt()) {
            assertThat(providers.attempts()).isEmpty();
        }
        CompletableFuture<Response> call = call(filter(2));
        timer.advance(TENTH);
        assertThat(providers.attempts()).hasSize(1);
        providers.attempts().get(0).answer("first");
        assertThat(call.join().value()).isEqualTo("first");
    }

    @Test
    void noHedgeIsPlannedForAfterTheDeadline() {
        HedgeFilter filter = new HedgeFilter(HedgePolicy.after(Duration.ofSeconds(3)), budget, timer);
        call(filter);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void aCancelledCallIsNotHedged() {
        Request request = StubProviders.request(timer);
        CompletableFuture<Response> call = call(filter(2), request);
        request.cancellation().cancel();
        assertThat(failure(call).code()).isEqualTo(Code.CANCELLED);
        timer.advance(Duration.ofSeconds(1));
        assertThat(providers.attempts()).hasSize(1);
    }

    @Test
    void theDelayFollowsThePercentileOfRecentTimes() {
        HedgePolicy policy = new HedgePolicy(0.9, 2, Duration.ofMillis(2), Duration.ofSeconds(1));
        HedgeFilter filter = new HedgeFilter(policy, budget, timer);
        answer(filter, 99, 1, 10);
        assertThat(filter.delay()).isEqualTo(Duration.ofSeconds(1));
        answer(filter, 1_000, 1, 100);
        assertThat(filter.delay().toMillis()).isBetween(85L, 105L);
        answer(filter, 4_000, 20, 30);
        assertThat(filter.delay().toMillis()).isBetween(28L, 34L);
        answer(filter, 4_000, 0, 1);
        assertThat(filter.delay()).isEqualTo(Duration.ofMillis(2));
    }

    /** Calls that take a random time between two numbers of milliseconds. */
    private void answer(HedgeFilter filter, int calls, int from, int to) {
        SplittableRandom random = new SplittableRandom(calls);
        for (int i = 0; i < calls; i++) {
            int before = providers.attempts().size();
            CompletableFuture<Response> call = call(filter);
            timer.advance(Duration.ofMillis(random.nextInt(from, to)));
            providers.attempts().get(before).answer("first");
            assertThat(call.join().value()).isEqualTo("first");
        }
    }

    @Test
    void aTenthOfTheCallsAtMostIsHedgedWhenAllProvidersTurnSlow() {
        int calls = 5_000;
        HedgeFilter filter = filter(3);
        for (int i = 0; i < calls; i++) {
            call(filter);
        }
        timer.advance(Duration.ofMillis(999));
        assertThat(providers.attempts().size()).isBetween(calls + 50, calls * 110 / 100);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HedgePolicy(95, 2, TENTH, TENTH))
                .withMessage("percentile: 95.0 (expected: 0.5 to 0.999)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HedgePolicy(0.95, 1, TENTH, TENTH))
                .withMessage("maxAttempts: 1 (expected: 2 to 10)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HedgePolicy(0.95, 2, TENTH, Duration.ZERO))
                .withMessageContaining("0 <= shortest <= longest");
    }
}
