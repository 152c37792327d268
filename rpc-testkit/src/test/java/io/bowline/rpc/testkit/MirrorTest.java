package io.bowline.rpc.testkit;

import static io.bowline.rpc.testkit.Shops.SERVICE;
import static io.bowline.rpc.testkit.Shops.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.OutlierPolicy;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.RuleCondition;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.Selector;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.Shops.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies of calls: who gets them, and that nobody else hears of it. */
@Timeout(60)
class MirrorTest {
    private static final Map<String, String> SHADOW = Map.of("role", "shadow");
    private static final RuleSet MIRROR =
            RuleSet.of(Rule.of("mirror", SERVICE, RuleAction.Mirror.to(Selector.label("role", "shadow"))));

    private final Shops shops = new Shops();

    /** What the mirror is sent. */
    private final List<Request> copies = new CopyOnWriteArrayList<>();

    private final Filter recording = recording(copies);

    private static Filter recording(List<Request> seen) {
        return (request, next) -> {
            seen.add(request);
            return next.invoke(request);
        };
    }

    @AfterEach
    void close() throws Exception {
        shops.close();
    }

    @Test
    void getsCopiesWithinItsBudgetAndNothingElse() {
        CompletableFuture<String> held = new CompletableFuture<>();
        shops.serve("blue", Map.of());
        shops.serve("shadow", SHADOW, held, recording);
        RpcClient client = shops.client();
        Shop shop = client.proxy(Shop.class);
        await().until(() -> who(shop).equals(Set.of("blue", "shadow")));
        copies.clear();
        Selector shadows = Selector.label("role", "shadow");
        RuleAction some = new RuleAction.Mirror(shadows, 100, "", 3);
        client.routing().apply(RuleSet.of(Rule.of("mirror", SERVICE, some).methods("later")));
        assertThat(who(shop)).containsExactly("blue");
        assertThat(copies).isEmpty();
        for (int i = 0; i < 20; i++) {
            assertThat(shop.later("ada").join()).isEqualTo("blue");
        }
        await().until(() -> copies.size() == 3);
        held.complete("shadow");
        await().until(() -> {
            shop.later("ada").join();
            return copies.size() > 3;
        });
        assertThat(copies)
                .allSatisfy(copy -> assertThat(copy.metadata().get(RuleAction.Mirror.SHADOW))
                        .isEqualTo("true"))
                .allSatisfy(copy -> assertThat(copy.method().name()).startsWith("later("));
        client.routing()
                .apply(RuleSet.of(Rule.of("mirror", SERVICE, RuleAction.Mirror.to(shadows))
                        .when(RuleCondition.argument("0", "eve"))));
        assertThat(who(shop)).containsExactly("blue");
        assertThat(who(shop, "eve")).containsExactly("blue");
        await().until(
                        () -> copies.stream()
                                .filter(copy -> copy.method().name().startsWith("find("))
                                .toList(),
                        finds -> !finds.isEmpty())
                .forEach(copy -> assertThat(copy.arguments()).containsExactly("eve"));
    }

    @Test
    void oneThatFailsOrIsGoneHurtsNobody() {
        RpcServer shadow = shops.serve("shadow", CompletableFuture.failedFuture(new IllegalStateException("broken")));
        RpcClient client = shops.client();
        Shop shop = client.proxy(Shop.class);
        assertThat(shop.find("ada")).isEqualTo("shadow");
        RuleSet mirror = RuleSet.of(Rule.of("mirror", SERVICE, RuleAction.Mirror.to(Selector.at("shadow"))));
        assertThatThrownBy(() -> client.routing().apply(mirror))
                .hasMessageContaining("0 providers left for " + SERVICE);
        shops.serve("blue", Map.of());
        await().until(() -> who(shop).equals(Set.of("blue", "shadow")));
        client.routing().apply(mirror);
        for (int i = 0; i < 20; i++) {
            assertThat(shop.later("ada").join()).isEqualTo("blue");
        }
        shadow.close();
        for (int i = 0; i < 20; i++) {
            assertThat(shop.later("ada").join()).isEqualTo("blue");
        }
    }

    @Test
    void oneThatIsFullGetsNoCopyAndNobodyElseGetsItInItsPlace() {
        List<Request> calls = new CopyOnWriteArrayList<>();
        CompletableFuture<String> held = new CompletableFuture<>();
        shops.serve("blue", Map.of(), CompletableFuture.completedFuture("blue"), recording(calls));
        shops.serve("shadow", SHADOW, held, recording);
        RpcClient client = shops.keep(shops.builder()
                .concurrencyLimit(ConcurrencyLimitPolicy.fixed(1))
                .rules(MIRROR)
                .build());
        Shop shop = client.proxy(Shop.class);
        await().until(() -> shop.later("ada").join().equals("blue") && !copies.isEmpty());
        for (int i = 0; i < 20; i++) {
            assertThat(shop.later("ada").join()).isEqualTo("blue");
        }
        assertThat(copies).hasSize(1);
        assertThat(calls)
                .hasSizeGreaterThan(20)
                .allSatisfy(call -> assertThat(call.metadata().get(RuleAction.Mirror.SHADOW))
                        .isNull());
        held.complete("shadow");
        await().until(() -> shop.later("ada").join().equals("blue") && copies.size() > 1);
    }

    @Test
    void whatIsThrownWhileACopyIsMadeHurtsNobody() {
        AtomicInteger thrown = new AtomicInteger();
        LoadBalancer broken = nodes -> {
            Node first = nodes.get(0);
            return request -> {
                if (first.address().host().equals("shadow")) {
                    thrown.incrementAndGet();
                    throw new IllegalStateException("a balancer that must not throw");
                }
                return first;
            };
        };
        shops.serve("blue", Map.of());
        shops.serve("shadow", SHADOW);
        RpcClient client =
                shops.keep(shops.builder().loadBalancer(broken).rules(MIRROR).build());
        Shop shop = client.proxy(Shop.class);
        await().until(() -> shop.find("ada").equals("blue") && thrown.get() > 0);
        assertThat(who(shop)).containsExactly("blue");
        assertThat(shop.later("ada").join()).isEqualTo("blue");
        assertThat(thrown.get()).isGreaterThan(60);
    }

    @Test
    void oneThatFailsTakesNobodysPlaceAmongThoseThatAreLeftOut() {
        Filter well = (request, next) -> next.invoke(request);
        Filter broken = (request, next) -> CompletableFuture.failedFuture(RpcException.of(Code.INTERNAL, "broken"));
        AtomicBoolean sick = new AtomicBoolean();
        Filter sickLater = (request, next) -> (sick.get() ? broken : well).apply(request, next);
        OutlierPolicy soon = new OutlierPolicy(
                3, OutlierPolicy.Rates.OFF, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 0.5);
        try (Fleet fleet = Fleet.of(well, sickLater, broken)) {
            Fleet.Desk desk =
                    fleet.desk(fleet.client().outliers(soon), CallStrategy.failfast(), LoadBalancer.roundRobin());
            Selector shadow = Selector.at(fleet.address(2).toString());
            fleet.obey(Rule.of("mirror", Fleet.SERVICE, RuleAction.Mirror.to(shadow)));
            await().until(() -> !desk.read("").isEmpty() && fleet.calls(2) > 10);
            int before = fleet.calls(1);
            sick.set(true);
            assertThat(Fleet.failures(40, () -> desk.read(""))).isEqualTo(3);
            assertThat(fleet.calls(1) - before).isEqualTo(3);
        }
    }
}
