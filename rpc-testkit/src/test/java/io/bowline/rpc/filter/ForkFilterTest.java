package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Providers;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.ManualTimer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ForkFilterTest {
    private static final RpcException LOST = RpcException.of(Code.CONNECTION_LOST, "lost");
    private static final RpcException FULL = RpcException.unprocessed(Code.OVERLOADED, "full");

    private final ManualTimer timer = new ManualTimer();
    private final RetryBudget budget = new RetryBudget(RetryBudgetPolicy.DEFAULT, timer);
    private final Request request = StubProviders.request(timer);
    private StubProviders providers = new StubProviders(5);

    private CompletableFuture<Response> call(int forks) {
        return new ForkFilter(new ForkPolicy(forks), budget)
                .before(providers)
                .invoke(request)
                .toCompletableFuture();
    }

    private static RpcException failure(CompletableFuture<Response> call) {
        assertThat(call).isCompletedExceptionally();
        return call.handle((response, thrown) -> RpcException.from(thrown)).join();
    }

    @Test
    void theFirstAnswerWinsAndTheOthersAreCancelled() {
        CompletableFuture<Response> call = call(3);
        assertThat(providers.attempts()).hasSize(3);
        providers.attempts().get(1).answer("second");
        assertThat(call.join().value()).isEqualTo("second");
        assertThat(providers.attempts())
                .extracting(StubProviders.Attempt::cancelled)
                .containsExactly(true, false, true);
    }

    @Test
    void oneFailureIsNotTheEnd() {
        CompletableFuture<Response> call = call(2);
        providers.attempts().get(0).fail(LOST);
        assertThat(call).isNotDone();
        providers.attempts().get(1).answer("second");
        assertThat(call.join().value()).isEqualTo("second");
    }

    @Test
    void whatTheServiceThrewIsAnAnswer() {
        CompletableFuture<Response> call = call(2);
        providers.attempts().get(0).fail(RpcException.application(new IllegalStateException("sold out"), null));
        assertThat(failure(call).code()).isEqualTo(Code.APPLICATION);
        assertThat(providers.attempts().get(1).cancelled()).isTrue();
    }

    @Test
    void failsWhenAllHaveFailedAndSaysWhetherOneMayHaveBegun() {
        CompletableFuture<Response> call = call(2);
        providers.attempts().get(0).fail(LOST);
        providers.attempts().get(1).fail(FULL);
        assertThat(failure(call)).hasMessageContaining("full; attempts: 2");
        assertThat(failure(call).unprocessed()).isFalse();
        CompletableFuture<Response> second = call(2);
        providers.attempts().get(2).fail(FULL);
        providers.attempts().get(3).fail(FULL);
        assertThat(failure(second).unprocessed()).isTrue();
    }

    @Test
    void theCallersCancellationReachesAll() {
        CompletableFuture<Response> call = call(2);
        request.cancellation().cancel();
        assertThat(failure(call).code()).isEqualTo(Code.CANCELLED);
        assertThat(providers.attempts()).allMatch(StubProviders.Attempt::cancelled);
    }

    @Test
    void fewerProvidersAreFewerForksAndCostNothing() {
        providers = new StubProviders(1);
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Response> call = call(3);
            assertThat(providers.attempts()).hasSize(i + 1);
            providers.attempts().get(i).answer("only");
            assertThat(call.join().value()).isEqualTo("only");
        }
        assertThat(budget.tryAttempt()).isTrue();
    }

    @Test
    void forksComeOutOfTheBudget() {
        for (int i = 0; i < 1_000; i++) {
            call(2);
        }
        assertThat(providers.attempts().size()).isBetween(1_090, 1_100);
    }

    @Test
    void aForkThatFailsWhileTheOthersAreStillToStartDoesNotEndTheCall() {
        CompletableFuture<Response> call = new ForkFilter(new ForkPolicy(2), budget)
                .before(new Providers() {
                    @Override
                    public Invoker apart() {
                        Invoker others = providers.apart();
                        boolean[] begun = new boolean[1];
                        return attempt -> {
                            boolean first = !begun[0];
                            begun[0] = true;
                            return first ? CompletableFuture.failedFuture(FULL) : others.invoke(attempt);
                        };
                    }

                    @Override
                    public CompletionStage<List<Invoker>> each(Request request) {
                        return providers.each(request);
                    }

                    @Override
                    public CompletionStage<Response> invoke(Request request) {
                        return providers.invoke(request);
                    }
                })
                .invoke(request)
                .toCompletableFuture();
        providers.attempts().get(0).answer("second");
        assertThat(call.join().value()).isEqualTo("second");
    }

    @Test
    void standsRightAboveTheBalancerOrNowhere() {
        assertThatThrownBy(() -> new ForkFilter(ForkPolicy.DEFAULT, budget).before(any -> providers.invoke(any)))
                .isInstanceOfSatisfying(
                        RpcException.class, thrown -> assertThat(thrown.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                .hasMessageContaining("ForkFilter")
                .hasMessageContaining("right above the balancer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForkPolicy(1))
                .withMessage("forks: 1 (expected: 2 to 10)");
    }
}
