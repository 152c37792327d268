package io.bowline.rpc.testkit;

import static io.bowline.rpc.testkit.Shops.EVERYBODY;
import static io.bowline.rpc.testkit.Shops.SERVICE;
import static io.bowline.rpc.testkit.Shops.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.RuleSource;
import io.bowline.rpc.route.Selector;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.Shops.Front;
import io.bowline.rpc.testkit.Shops.Named;
import io.bowline.rpc.testkit.Shops.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules that change while calls run, and what they set. */
@Timeout(60)
class RoutingChangeTest {
    private final Shops shops = new Shops();

    @AfterEach
    void close() throws Exception {
        shops.close();
    }

    @Test
    void aDryRunTellsWhatWouldChangeAndWhoWouldBeLeftWithNobody() {
        shops.serveEverybody();
        RpcClient client = shops.client();
        Shop shop = shops.shop(client);
        client.proxy(Front.class);
        client.proxy(Shop.class);
        RuleSet nobody = RuleSet.of(Rule.of(
                "typo",
                SERVICE,
                RuleAction.Include.of(Selector.label("tag", "canari")).orNobody()));
        assertThat(client.routing().dryRun(nobody))
                .hasToString("2 of 3 references change, 0 providers left for " + SERVICE + " by rule 'typo'");
        assertThatThrownBy(() -> client.routing().apply(nobody))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("rules refused, those before stand")
                .hasMessageContaining("0 providers left for " + SERVICE);
        assertThat(who(shop)).isEqualTo(EVERYBODY);
        client.routing().apply(nobody.forced());
        assertThatThrownBy(() -> shop.find("ada")).hasMessageContaining("rule 'typo'");
        client.routing().apply(RuleSet.EMPTY);
        assertThat(who(shop)).isEqualTo(EVERYBODY);
    }

    @Test
    void aDryRunDoesNotWarnOfBlocksOfMethodsNorOfTagsThatNobodyHas() {
        shops.serveEverybody();
        RpcClient client = shops.client();
        shops.shop(client);
        RuleSet harmless = RuleSet.of(
                Rule.of("block", SERVICE, new RuleAction.Block("")).methods("buy"),
                Rule.of("tags", "*", new RuleAction.Tag("lane", "lane", false)));
        assertThat(client.routing().dryRun(harmless)).hasToString("1 of 1 references change");
        RuleSet kill = RuleSet.of(Rule.of("kill", SERVICE, new RuleAction.Block("off")));
        assertThat(client.routing().dryRun(kill).emptied()).hasSize(1);
    }

    @Test
    void aSourceChangesTheRulesWhileTheClientRuns() {
        shops.serveEverybody();
        HandSource source = new HandSource();
        RpcClient client = shops.keep(shops.builder().rules(source).build());
        Shop shop = shops.shop(client);
        source.tell(RuleSet.of(Rule.of("here", SERVICE, RuleAction.Include.of(Selector.at("green")))));
        assertThat(who(shop)).containsExactly("green");
        client.routing().apply(RuleSet.of(Rule.of("out", SERVICE, new RuleAction.Exclude(Selector.at("green"), true))));
        assertThat(who(shop)).containsExactlyInAnyOrder("blue", "canary");
        source.tell(RuleSet.of(Rule.of(
                "gone", SERVICE, RuleAction.Include.of(Selector.at("nowhere")).orNobody())));
        assertThat(client.routing().rules().rules()).extracting(Rule::name).containsExactly("out", "here");
        source.tell(RuleSet.EMPTY);
        assertThat(client.routing().rules().rules()).extracting(Rule::name).containsExactly("out");
        client.close();
        assertThat(source.listeners).isEmpty();
    }

    @Test
    void rulesThatASourceKnowsAreObeyedFromTheFirstCall() {
        shops.serveEverybody();
        HandSource source = new HandSource();
        source.tell(RuleSet.of(Rule.of("stop", SERVICE, new RuleAction.Block("closed"))));
        RpcClient client = shops.keep(shops.builder().rules(source).build());
        assertThatThrownBy(() -> client.proxy(Shop.class).find("ada")).hasMessageContaining("closed");
    }

    @Test
    void ofTwoRulesOfOneNameTheFirstStands() {
        HandSource source = new HandSource();
        source.tell(RuleSet.of(Rule.of("x", SERVICE, new RuleAction.Block("second"))));
        RpcClient client = shops.keep(shops.builder()
                .rules(source)
                .rules(RuleSet.of(Rule.of("x", SERVICE, new RuleAction.Block("first"))))
                .build());
        RuleSet rules = client.routing().rules();
        assertThat(rules.rules()).extracting(Rule::action).containsExactly(new RuleAction.Block("first"));
        assertThat(rules.problems()).singleElement().asString().contains("rule 'x' of several sources");
    }

    @Test
    void aRuleSetsATimeoutAndSaysSo() throws Exception {
        CompletableFuture<String> silence = new CompletableFuture<>();
        shops.serve("blue", silence);
        RpcClient client = shops.client();
        Shop shop = client.proxy(Shop.class);
        client.routing()
                .apply(RuleSet.of(
                        setting("long", Duration.ofSeconds(20), null, null),
                        setting("short", Duration.ofMillis(40), null, null).methods("later"),
                        setting("other", Duration.ofMillis(30), null, null).methods("buy")));
        assertThatThrownBy(() -> shop.later("ada").get(30, TimeUnit.SECONDS))
                .hasMessageContaining("40 ms (rule 'short')");
        client.routing().apply(RuleSet.of(setting("shorter", Duration.ofMillis(20), null, null)));
        assertThatThrownBy(() -> shop.later("ada").get(30, TimeUnit.SECONDS))
                .hasMessageContaining("20 ms (rule 'shorter')");
        assertThatThrownBy(() -> client.proxy(Shop.class).later("ada").get(30, TimeUnit.SECONDS))
                .hasMessageContaining("20 ms (rule 'shorter')");
        client.routing().apply(RuleSet.EMPTY);
        CompletableFuture<String> patient = shop.later("ada");
        assertThat(patient).isNotDone();
        silence.complete("at last");
        assertThat(patient.get(30, TimeUnit.SECONDS)).isEqualTo("at last");
    }

    @Test
    void aRuleSetsHowOftenToTry() {
        AtomicInteger attempts = new AtomicInteger();
        RpcServer busy = RpcServer.builder()
                .transport(shops.transport)
                .serializer(new TextSerializer())
                .registry(shops.registry.another())
                .listen(new Address("busy", 0))
                .filter((request, next) -> {
                    attempts.incrementAndGet();
                    return CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "as ever"));
                })
                .service(Shop.class, new Named("busy", CompletableFuture.completedFuture("")))
                .start();
        shops.open.add(busy);
        RpcClient client = shops.client();
        Shop shop = client.proxy(Shop.class);
        assertThatThrownBy(() -> shop.find("ada")).hasMessageContaining("attempts: 3");
        assertThat(attempts.getAndSet(0)).isEqualTo(3);
        client.routing().apply(RuleSet.of(setting("once", null, 1, null)));
        assertThatThrownBy(() -> shop.find("ada")).hasMessageContaining("as ever");
        assertThat(attempts.getAndSet(0)).isEqualTo(1);
        client.routing().apply(RuleSet.of(setting("five", null, 5, null)));
        assertThatThrownBy(() -> shop.find("ada")).hasMessageContaining("attempts: 5");
        assertThat(attempts.get()).isEqualTo(5);
    }

    @Test
    void aRuleSetsTheBalancerOfAMethod() {
        shops.serveEverybody();
        RpcClient client = shops.client();
        Shop shop = shops.shop(client);
        client.routing().apply(RuleSet.of(setting("stick", null, null, "sticky").methods("find")));
        assertThat(who(shop)).hasSize(1);
        Set<String> buyers = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            buyers.add(shop.buy("ada", "DE"));
        }
        assertThat(buyers).isEqualTo(EVERYBODY);
        client.routing().apply(RuleSet.EMPTY);
        assertThat(who(shop)).isEqualTo(EVERYBODY);
    }

    @Test
    void aRuleSetsWeightsOfKnownProvidersAndOfThoseThatCome() {
        shops.serveEverybody();
        RpcClient client = shops.client();
        Shop shop = shops.shop(client);
        client.routing().apply(RuleSet.of(weighing("a", Selector.label("zone", "a"), 0)));
        assertThat(who(shop)).containsExactly("green");
        shops.serve("red", Map.of("zone", "a"));
        shops.serve("yellow", Map.of("zone", "b"));
        await().until(() -> who(shop).equals(Set.of("green", "yellow")));
        RuleSet nothing = RuleSet.of(
                weighing("ab", Selector.label("zone", "a", "b"), 0), weighing("none", Selector.at("nowhere"), 9));
        assertThat(client.routing().dryRun(nothing).toString())
                .contains("0 providers left for " + SERVICE + ", whose weights rules set to 0");
        client.routing().apply(RuleSet.EMPTY);
        await().until(() -> who(shop).equals(Set.of("blue", "canary", "green", "red", "yellow")));
    }

    private static Rule weighing(String name, Selector providers, int weight) {
        return Rule.of(name, SERVICE, new RuleAction.SetWeight(providers, weight));
    }

    private static Rule setting(String name, Duration timeout, Integer attempts, String balancer) {
        return Rule.of(name, SERVICE, new RuleAction.SetOptions(timeout, attempts, balancer));
    }

    @Test
    void whoIsKeptFromOneProviderGoesToNoneThatRulesExclude() {
        CompletableFuture<String> held = new CompletableFuture<>();
        shops.serve("blue", held);
        shops.serve("green", Map.of());
        RpcClient client = shops.keep(shops.builder()
                .concurrencyLimit(ConcurrencyLimitPolicy.fixed(1))
                .rules(RuleSet.of(Rule.of(
                        "blue",
                        SERVICE,
                        RuleAction.Include.of(Selector.at("blue")).orNobody())))
                .build());
        Shop shop = client.proxy(Shop.class);
        // Of calls that wait for the first connection, any may be the first.
        assertThat(shop.find("ada")).isEqualTo("blue");
        CompletableFuture<String> first = shop.later("ada");
        assertThatThrownBy(() -> shop.later("ada").get(30, TimeUnit.SECONDS))
                .hasMessageContaining("1 connected of " + SERVICE + ", none takes this call");
        held.complete("blue");
        assertThat(first.join()).isEqualTo("blue");
        assertThat(shop.later("ada").join()).isEqualTo("blue");
    }

    private static final class HandSource implements RuleSource {
        private final List<Consumer<RuleSet>> listeners = new ArrayList<>();
        private RuleSet now = RuleSet.EMPTY;

        void tell(RuleSet rules) {
            now = rules;
            listeners.forEach(listener -> listener.accept(rules));
        }

        @Override
        public Watch watch(Consumer<RuleSet> listener) {
            listeners.add(listener);
            listener.accept(now);
            return () -> listeners.remove(listener);
        }

        @Override
        public String description() {
            return "the test's hand";
        }

        @Override
        public void close() {
            listeners.clear();
        }
    }
}
