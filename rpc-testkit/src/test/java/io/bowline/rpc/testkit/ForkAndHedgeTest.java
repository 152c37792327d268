package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.ForkPolicy;
import io.bowline.rpc.filter.HedgePolicy;
import io.bowline.rpc.filter.OutlierPolicy;
import io.bowline.rpc.filter.OutlierPolicy.Rates;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts side by side through the whole engine: they go to different providers, and the losers hear of it. */
class ForkAndHedgeTest {
    private static final Filter WELL = (request, next) -> next.invoke(request);

    private final Queue<CompletableFuture<Response>> hanging = new ConcurrentLinkedQueue<>();

    /** Never answers, unless the call is cancelled. */
    private final Filter hangs = (request, next) -> {
        CompletableFuture<Response> never = new CompletableFuture<>();
        hanging.add(never);
        request.cancellation().onCancel(() -> never.cancel(false));
        return never;
    };

    private void awaitCancelled(int calls) {
        await().untilAsserted(() -> assertThat(hanging).hasSize(calls).allMatch(CompletableFuture::isCancelled));
    }

    @ParameterizedTest
    @ValueSource(strings = {"peak-ewma", "sticky", "first-available", "consistent-hash", "round-robin"})
    void forksGoToDifferentProvidersWhateverTheBalancer(String balancer) {
        try (Fleet fleet = Fleet.of(hangs, hangs, WELL)) {
            Fleet.Desk desk = fleet.desk(
                    fleet.client().retryBudget(new RetryBudgetPolicy(1, 100)),
                    new ForkPolicy(3),
                    LoadBalancer.named(balancer));
            for (int i = 1; i <= 10; i++) {
                assertThat(desk.read("at ")).isEqualTo("at 2");
                // An answer that comes before all forks are on their way saves the rest.
                assertThat(List.of(fleet.calls(0), fleet.calls(1), fleet.calls(2)))
                        .allMatch(at -> at <= 10);
            }
            assertThat(fleet.calls(2)).isEqualTo(10);
            await().untilAsserted(() -> assertThat(hanging).allMatch(CompletableFuture::isCancelled));
        }
    }

    @Test
    void aHedgeGoesToAnotherProviderAndTheLoserIsToldToStop() {
        try (Fleet fleet = Fleet.of(hangs, WELL)) {
            Fleet.Desk desk =
                    fleet.desk(fleet.client(), HedgePolicy.after(Duration.ofMillis(5)), LoadBalancer.firstAvailable());
            assertThat(desk.read("at ")).isEqualTo("at 1");
            assertThat(desk.readLater("at ").join()).isEqualTo("at 1");
            assertThat(fleet.calls(0)).isEqualTo(2);
            awaitCancelled(2);
        }
    }

    @Test
    void aProviderThatHasLeftCostsNoAttempt() {
        try (Fleet fleet = Fleet.of(3, WELL)) {
            Fleet.Desk desk = fleet.desk(
                    fleet.client().retryBudget(new RetryBudgetPolicy(0, 0)),
                    CallStrategy.hedging(),
                    LoadBalancer.firstAvailable());
            assertThat(desk.read("at ")).isEqualTo("at 0");
            fleet.stop(0);
            assertThat(desk.read("at ")).isEqualTo("at 1");
        }
    }

    private static Filter fails(RpcException failure) {
        return (request, next) -> CompletableFuture.failedFuture(failure);
    }

    @Test
    void aProviderThatKeepsTheCallOutIsNotReplacedByOneThatHasIt() {
        Filter broken = fails(RpcException.of(Code.INTERNAL, "broken"));
        Filter full = fails(RpcException.unprocessed(Code.OVERLOADED, "full"));
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.DEFAULT
                .withWindow(CircuitBreakerPolicy.Window.ofCalls(10, 4))
                .withFailures(Set.of(Code.INTERNAL))
                .withOpen(Duration.ofHours(1));
        try (Fleet fleet = Fleet.of(broken, full)) {
            Fleet.Desk desk = fleet.desk(
                    fleet.client().retryBudget(new RetryBudgetPolicy(1, 100)).circuitBreaker(breaker),
                    CallStrategy.forking(),
                    LoadBalancer.firstAvailable());
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> desk.read("")).hasMessageContaining("attempts: 2");
            }
            assertThatThrownBy(() -> desk.read("")).hasMessageContaining("full").hasMessageNotContaining("attempts");
            assertThat(List.of(fleet.calls(0), fleet.calls(1))).containsExactly(4, 5);
        }
    }

    @Test
    void whoIsLeftOutIsNoOtherProvider() {
        Filter broken = fails(RpcException.of(Code.INTERNAL, "broken"));
        Filter full = fails(RpcException.unprocessed(Code.OVERLOADED, "full"));
        OutlierPolicy soon =
                new OutlierPolicy(3, Rates.OFF, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 0.5);
        try (Fleet fleet = Fleet.of(broken, full, full)) {
            Fleet.Desk desk = fleet.desk(
                    fleet.client().retryBudget(new RetryBudgetPolicy(1, 100)).outliers(soon),
                    new ForkPolicy(3),
                    LoadBalancer.firstAvailable());
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> desk.read("")).hasMessageContaining("attempts: 3");
            }
            assertThatThrownBy(() -> desk.read("")).hasMessageContaining("attempts: 2");
            assertThat(List.of(fleet.calls(0), fleet.calls(1), fleet.calls(2))).containsExactly(3, 4, 4);
        }
    }

    @Test
    void theCallersCancellationReachesEveryAttempt() {
        try (Fleet fleet = Fleet.of(2, hangs)) {
            Fleet.Desk desk = fleet.desk(fleet.client(), CallStrategy.forking());
            CompletableFuture<String> call = desk.readLater("");
            await().untilAsserted(() -> assertThat(hanging).hasSize(2));
            call.cancel(true);
            awaitCancelled(2);
        }
    }

    @Test
    void aMethodThatIsNotIdempotentIsRefusedWhenTheProxyIsMade() {
        try (Fleet fleet = Fleet.of(WELL);
                RpcClient client = fleet.client().build()) {
            assertThatThrownBy(() -> client.proxy(Fleet.Desk.class, o -> o.strategy(CallStrategy.hedging())))
                    .isInstanceOfSatisfying(
                            RpcException.class,
                            thrown -> assertThat(thrown.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                    .hasMessageContaining("'hedging' (reference)")
                    .hasMessageContaining("write(java.lang.String)")
                    .hasMessageContaining("not idempotent (contract)");
            Fleet.Desk said = client.proxy(
                    Fleet.Desk.class, o -> o.strategy(CallStrategy.hedging()).method("write", m -> m.idempotent(true)));
            assertThat(said.write("at ")).isEqualTo("at 0");
            Fleet.Desk otherwise = client.proxy(
                    Fleet.Desk.class,
                    o -> o.strategy(CallStrategy.hedging()).method("write", m -> m.strategy(CallStrategy.failover())));
            assertThat(otherwise.write("at ")).isEqualTo("at 0");
        }
    }
}
