package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.BroadcastPolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.MergePolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A call to every provider through the whole engine. */
class BroadcastTest {
    private static final Filter WELL = (request, next) -> next.invoke(request);
    private static final Filter FULL = (request, next) ->
            CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "full, as ever"));

    @Test
    void reachesEachProviderOnceEvenWhenNoneIsConnectedYet() {
        try (Fleet fleet = Fleet.of(3, WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().lazy(true).strategy(CallStrategy.broadcast()));
            assertThat(desk.write("at ")).isEqualTo("at 0");
            assertThat(List.of(fleet.calls(0), fleet.calls(1), fleet.calls(2))).containsExactly(1, 1, 1);
        }
    }

    @Test
    void aClientWithASubsetReachesAllAllTheSame() {
        try (Fleet fleet = Fleet.of(5, WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().subset(2).strategy(CallStrategy.broadcast()));
            assertThat(desk.write("at ")).isEqualTo("at 0");
            assertThat(fleet.calls()).isEqualTo(5);
        }
    }

    @Test
    void aProviderThatFailsFailsTheCallOnceAllWereCalled() {
        try (Fleet fleet = Fleet.of(WELL, FULL, WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().strategy(CallStrategy.broadcast()));
            assertThatThrownBy(() -> desk.write(""))
                    .isInstanceOfSatisfying(
                            RpcException.class,
                            thrown -> assertThat(thrown.unprocessed()).isFalse())
                    .hasMessageContaining("full, as ever")
                    .hasMessageContaining("failed at 1 of 3 providers");
            assertThat(fleet.calls()).isEqualTo(3);
            Fleet.Desk lenient = fleet.desk(fleet.client().strategy(new BroadcastPolicy(0.4)));
            assertThat(lenient.write("at ")).isEqualTo("at 0");
        }
    }

    @Test
    void aProviderThatCannotBeReachedIsOneThatFailed() {
        try (Fleet fleet = Fleet.of(2, WELL)) {
            Fleet.Desk desk = fleet.desk(
                    fleet.client().addresses(new Address("nobody-listens", 1)).strategy(CallStrategy.broadcast()));
            assertThatThrownBy(() -> desk.write(""))
                    .hasMessageContaining("was not sent to nobody-listens:1")
                    .hasMessageContaining("failed at 1 of 3 providers");
        }
    }

    @Test
    void waitsForTheRegistryThatHasNotAnsweredYet() {
        FakeRegistry late = new FakeRegistry();
        try (Fleet fleet = Fleet.of(3, WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.clientOfNobody()
                    .addresses(fleet.address(0), fleet.address(1))
                    .registry(late)
                    .strategy(CallStrategy.broadcast()));
            CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> desk.write("at "));
            await().until(() -> late.watches() == 1);
            assertThat(fleet.calls()).isZero();
            late.pushAddresses(Fleet.SERVICE, fleet.address(2));
            assertThat(call.join()).isEqualTo("at 0");
            assertThat(fleet.calls()).isEqualTo(3);
        }
    }

    @Test
    void isNotSentToSomeWhenARegistryStaysSilent() {
        try (Fleet fleet = Fleet.of(2, WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client()
                    .registry(new FakeRegistry())
                    .timeout(Duration.ofMillis(100))
                    .strategy(CallStrategy.broadcast()));
            assertThatThrownBy(() -> desk.write(""))
                    .isInstanceOfSatisfying(
                            RpcException.class,
                            thrown -> assertThat(thrown.unprocessed()).isTrue())
                    .hasMessageContaining("fake://test has not answered yet");
            assertThat(fleet.calls()).isZero();
        }
    }

    @Test
    void aProviderThatKeepsTheCallOutIsOneThatFailedAndNobodyIsAskedInItsPlace() {
        Filter broken = (request, next) -> CompletableFuture.failedFuture(RpcException.of(Code.INTERNAL, "broken"));
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.DEFAULT
                .withWindow(CircuitBreakerPolicy.Window.ofCalls(10, 4))
                .withOpen(Duration.ofHours(1));
        try (Fleet fleet = Fleet.of(broken, WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().circuitBreaker(breaker).strategy(CallStrategy.broadcast()));
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> desk.write("")).hasMessageContaining("failed at 1 of 2 providers");
            }
            assertThatThrownBy(() -> desk.write(""))
                    .hasMessageContaining(":1, which alone was meant: circuit breaker (client) of ")
                    .hasMessageContaining("failed at 1 of 2 providers");
            assertThat(List.of(fleet.calls(0), fleet.calls(1))).containsExactly(4, 5);
        }
    }

    @Test
    void resultsAreMergedInTheOrderOfAddresses() {
        try (Fleet fleet = Fleet.of(3, WELL)) {
            Fleet.Desk desk =
                    fleet.desk(fleet.client().strategy(MergePolicy.by((List<String> all) -> String.join(" ", all))));
            assertThat(desk.read("at ")).isEqualTo("at 0 at 1 at 2");
            assertThat(desk.readLater("").join()).isEqualTo("0 1 2");
        }
    }

    @Test
    void whatCannotBeMergedIsRefusedWhenTheProxyIsMade() {
        try (Fleet fleet = Fleet.of(WELL)) {
            assertThatThrownBy(() -> fleet.desk(fleet.client().strategy(CallStrategy.mergeable())))
                    .hasMessageContaining("no merger for java.lang.String");
        }
    }
}
