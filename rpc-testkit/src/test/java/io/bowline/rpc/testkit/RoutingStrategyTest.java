package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.ForkFilter;
import io.bowline.rpc.filter.ForkPolicy;
import io.bowline.rpc.filter.HedgePolicy;
import io.bowline.rpc.filter.OutlierPolicy;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.Selector;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.Shops.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules and strategies together: whatever a call does about failure, it stays where rules let it go. */
@Timeout(60)
class RoutingStrategyTest {
    private static final Filter WELL = (request, next) -> next.invoke(request);
    private static final Filter FULL = (request, next) ->
            CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "full, as ever"));
    private static final RetryBudgetPolicy PLENTY = new RetryBudgetPolicy(1, 100);

    private static Rule without(Fleet fleet, int provider) {
        Selector one = Selector.at(fleet.address(provider).toString());
        return Rule.of("without", Fleet.SERVICE, new RuleAction.Exclude(one, true));
    }

    private static Rule setting(Integer attempts, String balancer) {
        return Rule.of("set", Fleet.SERVICE, new RuleAction.SetOptions(null, attempts, balancer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"peak-ewma", "sticky", "first-available", "consistent-hash", "round-robin"})
    void forksGoToDifferentProvidersOfThoseThatRulesLeave(String balancer) {
        try (Fleet fleet = Fleet.of(FULL, FULL, WELL)) {
            Fleet.Desk desk =
                    fleet.desk(fleet.client().retryBudget(PLENTY), new ForkPolicy(3), LoadBalancer.named(balancer));
            assertThat(desk.read("at ")).isEqualTo("at 2");
            fleet.obey(without(fleet, 2));
            int before = fleet.calls(2);
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> desk.read("")).hasMessageContaining("attempts: 2");
            }
            assertThat(fleet.calls(2)).isEqualTo(before);
        }
    }

    @Test
    void aHedgeGoesToAProviderThatRulesLeave() {
        Filter hangs = (request, next) -> {
            CompletableFuture<Response> never = new CompletableFuture<>();
            request.cancellation().onCancel(() -> never.cancel(false));
            return never;
        };
        try (Fleet fleet = Fleet.of(hangs, WELL, WELL)) {
            Fleet.Desk desk = fleet.desk(
                    fleet.client().retryBudget(PLENTY),
                    HedgePolicy.after(Duration.ofMillis(1)),
                    LoadBalancer.firstAvailable());
            fleet.obey(without(fleet, 1));
            for (int i = 0; i < 20; i++) {
                assertThat(desk.read("at ")).isEqualTo("at 2");
            }
            assertThat(fleet.calls(1)).isZero();
        }
    }

    @Test
    void anAttemptApartWaitsForTheOnlyProviderThatRulesLeaveWhileThatIsBeingConnected() throws Exception {
        Shops shops = new Shops();
        try {
            shops.serve("blue", Map.of());
            RpcServer canary = shops.serve("canary", Map.of("tag", "canary"));
            HeldTransport held = new HeldTransport(shops.transport, canary.address());
            RpcClient client = shops.keep(shops.builder()
                    .transport(held)
                    .rules(RuleSet.of(Rule.of("tags", "*", new RuleAction.Tag("tag", "tag", false))))
                    .build());
            Shop shop = client.proxy(
                    Shop.class, o -> o.method("later", m -> m.idempotent(true).strategy(CallStrategy.forking())));
            assertThat(shop.find("ada")).isEqualTo("blue");
            CompletableFuture<String> waiting =
                    CallContext.current().sending("tag", "canary").call(() -> shop.later("ada"));
            assertThat(waiting).isNotDone();
            held.release();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("canary");
            CompletableFuture<String> refused =
                    CallContext.current().sending("tag", "gone").call(() -> shop.later("ada"));
            assertThatThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("rule 'tags', which has no fallback, leaves none of 2 providers");
        } finally {
            shops.close();
        }
    }

    @Test
    void aBroadcastReachesAllProvidersThatRulesLeaveAndNoOther() {
        try (Fleet fleet = Fleet.of(3, WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().strategy(CallStrategy.broadcast()));
            fleet.obey(without(fleet, 0));
            assertThat(desk.write("at ")).isEqualTo("at 1");
            assertThat(List.of(fleet.calls(0), fleet.calls(1), fleet.calls(2))).containsExactly(0, 1, 1);
            Selector second = Selector.at(fleet.address(1).toString());
            fleet.obey(Rule.of("no weight", Fleet.SERVICE, new RuleAction.SetWeight(second, 0)));
            assertThat(desk.write("at ")).isEqualTo("at 0");
            fleet.obey(Rule.of("mirror", Fleet.SERVICE, RuleAction.Mirror.to(second))
                    .methods("read"));
            assertThat(desk.write("at ")).isEqualTo("at 0");
            assertThat(List.of(fleet.calls(0), fleet.calls(1), fleet.calls(2))).containsExactly(2, 1, 3);
        }
    }

    @Test
    void aBroadcastToWhichRulesLeaveNobodyFailsAndSaysWhy() {
        try (Fleet fleet = Fleet.of(3, WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().strategy(CallStrategy.broadcast()));
            fleet.obey(Rule.of("moving", Fleet.SERVICE, new RuleAction.Block("data is moved"))
                    .methods("write"));
            assertThatThrownBy(() -> desk.write(""))
                    .isInstanceOfSatisfying(RpcException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(Code.NO_USABLE_PROVIDER);
                        assertThat(failure.unprocessed()).isTrue();
                    })
                    .hasMessageContaining("rule 'moving' blocks it: data is moved");
            assertThat(fleet.calls()).isZero();
        }
    }

    @Test
    void attemptsThatARuleSetsComeOutOfTheClientsBudget() {
        try (Fleet fleet = Fleet.of(3, FULL)) {
            Fleet.Desk desk = fleet.desk(fleet.clientWithoutTime()
                    .retry(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
                    .retryBudget(new RetryBudgetPolicy(0, 5)));
            assertThat(Fleet.failures(10, () -> desk.write(""))).isEqualTo(10);
            assertThat(fleet.calls()).isEqualTo(10);
            fleet.obey(setting(4, null));
            assertThatThrownBy(() -> desk.write("")).hasMessageContaining("attempts: 4");
            assertThatThrownBy(() -> desk.write("")).hasMessageContaining("attempts: 3, the client's retry budget is");
            fleet.obey(setting(9, null));
            assertThatThrownBy(() -> desk.write("")).hasMessageContaining("the client's retry budget is spent");
            assertThat(fleet.calls()).isEqualTo(10 + 4 + 3 + 1);
        }
    }

    @Test
    void aBalancerThatARuleNamesLeavesOutliersOut() {
        Filter broken = (request, next) -> CompletableFuture.failedFuture(RpcException.of(Code.INTERNAL, "broken"));
        OutlierPolicy soon = new OutlierPolicy(
                3, OutlierPolicy.Rates.OFF, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 0.5);
        try (Fleet fleet = Fleet.of(broken, WELL, WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().outliers(soon), CallStrategy.failfast());
            fleet.obey(setting(null, "round-robin"));
            assertThat(Fleet.failures(60, () -> desk.read(""))).isEqualTo(3);
            assertThat(fleet.calls(0)).isEqualTo(3);
        }
    }

    @Test
    void whatFiltersKeepStaysWhenRulesSetOtherAttempts() {
        try (Fleet fleet = Fleet.of(WELL);
                RpcClient client = fleet.client().build()) {
            CachePolicy cache = CachePolicy.of(10, Duration.ofHours(1));
            Fleet.Desk desk = client.proxy(Fleet.Desk.class, o -> o.method("read", m -> m.cache(cache)));
            assertThat(desk.read("at ")).isEqualTo("at 0");
            client.routing().apply(RuleSet.of(setting(5, null)));
            assertThat(desk.read("at ")).isEqualTo("at 0");
            assertThat(fleet.calls()).isEqualTo(1);
            assertThat(desk.read("also at ")).isEqualTo("also at 0");
            assertThat(fleet.calls()).isEqualTo(2);
        }
    }

    @Test
    void aProxyThatIsNotMadeIsNoReferenceOfRules() {
        CallStrategy wrong = new CallStrategy() {
            @Override
            public String name() {
                return "wrong";
            }

            @Override
            public List<Filter> filters(Surroundings surroundings) {
                return List.of(new ForkFilter(ForkPolicy.DEFAULT, surroundings.budget()), WELL);
            }
        };
        try (Fleet fleet = Fleet.of(WELL);
                RpcClient client = fleet.client().build()) {
            assertThatThrownBy(() -> client.proxy(Fleet.Desk.class, o -> o.strategy(wrong)))
                    .hasMessageContaining("ForkFilter stands above");
            RuleSet rules = RuleSet.of(setting(5, null));
            assertThat(client.routing().dryRun(rules)).hasToString("0 of 0 references change");
            client.proxy(Fleet.Desk.class);
            assertThat(client.routing().dryRun(rules)).hasToString("1 of 1 references change");
        }
    }
}
