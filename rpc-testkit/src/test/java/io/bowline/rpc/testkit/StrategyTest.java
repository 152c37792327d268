package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.StaticRegistry;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.FailbackPolicy;
import io.bowline.rpc.filter.FailsafePolicy;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.filter.RetryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The whole engine between a caller and providers that fail. */
class StrategyTest {
    private static final Filter WELL = (request, next) -> next.invoke(request);
    private static final Filter FULL = (request, next) ->
            CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "full, as ever"));
    private static final RetryPolicy AT_ONCE = new RetryPolicy(3, Duration.ZERO, Duration.ZERO);

    @Test
    void failoverIsTheDefaultAndFailfastMakesOneAttempt() {
        try (Fleet fleet = Fleet.of(2, FULL)) {
            Fleet.Desk failover = fleet.desk(fleet.client().retry(AT_ONCE));
            assertThatThrownBy(() -> failover.write("")).hasMessageContaining("attempts: 3");
            assertThat(fleet.calls()).isEqualTo(3);
            Fleet.Desk failfast = fleet.desk(fleet.client().retry(AT_ONCE).strategy(CallStrategy.failfast()));
            assertThatThrownBy(() -> failfast.write(""))
                    .hasMessageContaining("full, as ever")
                    .hasMessageNotContaining("attempts");
            assertThat(fleet.calls()).isEqualTo(4);
        }
    }

    @Test
    void failsafeAnswersWithNothingAndTellsWhoAsked() {
        List<RpcException> heard = new ArrayList<>();
        try (Fleet fleet = Fleet.of(2, FULL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().strategy(new FailsafePolicy(heard::add)));
            assertThat(desk.write("")).isNull();
            assertThat(desk.read("")).isNull();
            assertThat(heard).extracting(RpcException::code).containsExactly(Code.OVERLOADED, Code.OVERLOADED);
            assertThat(fleet.calls()).isEqualTo(2);
        }
    }

    @Test
    void failsafeLeavesAnswersAlone() {
        try (Fleet fleet = Fleet.of(WELL)) {
            assertThat(fleet.desk(fleet.client().strategy(CallStrategy.failsafe()))
                            .write("at "))
                    .isEqualTo("at 0");
        }
    }

    @Test
    void aMethodHasAStrategyOfItsOwn() {
        try (Fleet fleet = Fleet.of(1, FULL);
                RpcClient client = fleet.client().retry(AT_ONCE).build()) {
            Fleet.Desk desk = client.proxy(
                    Fleet.Desk.class,
                    o -> o.strategy(CallStrategy.failfast()).method("write", m -> m.strategy(CallStrategy.failsafe())));
            assertThat(desk.write("")).isNull();
            assertThatThrownBy(() -> desk.read("")).hasMessageContaining("full, as ever");
            assertThat(fleet.calls()).isEqualTo(2);
        }
    }

    @Test
    void whenAllProvidersFailAttemptsAreATenthMoreThanCalls() {
        int calls = 20_000;
        try (Fleet fleet = Fleet.of(3, FULL)) {
            Fleet.Desk desk = fleet.desk(fleet.clientWithoutTime().retry(AT_ONCE));
            assertThat(Fleet.failures(calls, () -> desk.read(""))).isEqualTo(calls);
            assertThat(fleet.calls()).isBetween(calls * 109 / 100, calls * 110 / 100);
        }
    }

    @Test
    void theBudgetIsTheClientsAndNotTheReferences() {
        try (Fleet fleet = Fleet.of(3, FULL);
                RpcClient client = fleet.clientWithoutTime()
                        .retry(AT_ONCE)
                        .retryBudget(new RetryBudgetPolicy(0, 5))
                        .build()) {
            Fleet.Desk one = client.proxy(Fleet.Desk.class);
            Fleet.Desk other = client.proxy(Fleet.Desk.class);
            Fleet.failures(10, () -> one.write(""));
            Fleet.failures(10, () -> other.write(""));
            assertThat(fleet.calls()).isEqualTo(25);
        }
    }

    /** Each service calls the next, and each of the three clients retries; the last service fails whatever it is asked. */
    @Test
    void aChainOfThreeServicesDoesNotMultiplyRetries() {
        int calls = 5_000;
        try (Fleet last = Fleet.of(2, FULL);
                Fleet middle = relay(last);
                Fleet first = relay(middle)) {
            Fleet.Desk desk = first.desk(first.clientWithoutTime().retry(AT_ONCE));
            assertThat(Fleet.failures(calls, () -> desk.read(""))).isEqualTo(calls);
            int inTotal = first.calls() + middle.calls() + last.calls();
            assertThat(inTotal).isBetween(3 * calls, 3 * calls * 12 / 10);
            assertThat(last.calls()).isLessThanOrEqualTo(calls * 12 / 10);
        }
    }

    /** Services that do nothing but call the next one. */
    private static Fleet relay(Fleet to) {
        return Fleet.of(2, to.desk(to.clientWithoutTime().retry(AT_ONCE)));
    }

    /** Remembers which methods' calls were taken over. */
    private record Claims(Queue<String> methods) implements RetryStore {
        @Override
        public boolean keep(Delivery delivery) {
            return true;
        }

        @Override
        public void forget(String id) {}

        @Override
        public List<Delivery> claim(String method) {
            methods.add(method);
            return List.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void aProxyThatIsRefusedTakesNoKeptCallsOver() {
        Claims claims = new Claims(new ConcurrentLinkedQueue<>());
        CallStrategy failback =
                new FailbackPolicy(claims, 3, Duration.ofSeconds(1), Duration.ofSeconds(1), (request, failure) -> {});
        try (Fleet fleet = Fleet.of(WELL);
                RpcClient client = fleet.client().strategy(failback).build()) {
            for (String method : List.of("read", "readLater", "write")) {
                assertThatThrownBy(() -> client.proxy(
                                Fleet.Desk.class,
                                o -> o.method(method, m -> m.idempotent(false).strategy(CallStrategy.hedging()))))
                        .hasMessageContaining("not idempotent (method " + method + ")");
            }
            client.proxy(Fleet.Desk.class, o -> o.method("write", m -> m.idempotent(true)));
            // They are taken over one after the other, in the order of the proxies.
            await().until(() -> claims.methods.size() >= 3);
            assertThat(claims.methods).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void ofSeveralRegistriesTheOneOfTheOwnZoneIsPreferred() {
        try (Fleet fleet = Fleet.of(2, WELL)) {
            Fleet.Desk desk = fleet.desk(
                    fleet.clientOfNobody()
                            .registry(Registry.inZone("there", StaticRegistry.of(fleet.address(0))))
                            .registry(Registry.inZone("here", StaticRegistry.of(fleet.address(1)))),
                    CallStrategy.failover(),
                    LoadBalancer.inZone("here", LoadBalancer.peakEwma()));
            for (int i = 0; i < 100; i++) {
                assertThat(desk.read("at ")).isEqualTo("at 1");
            }
            fleet.stop(1);
            assertThat(desk.read("at ")).isEqualTo("at 0");
        }
    }

    @Test
    void isFoundByName() {
        for (String name : CallStrategy.names()) {
            assertThat(CallStrategy.named(name).name()).isEqualTo(name);
        }
        assertThat(CallStrategy.names())
                .contains(
                        "failover", "failfast", "failsafe", "failback", "forking", "hedging", "broadcast", "mergeable");
        assertThatThrownBy(() -> CallStrategy.named("fail-over"))
                .hasMessageStartingWith("RPC-INVALID-CONFIGURATION no strategy is named 'fail-over'; known: ")
                .hasMessageEndingWith("Did you mean failover?");
    }
}
