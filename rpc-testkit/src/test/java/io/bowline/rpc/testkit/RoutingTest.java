package io.bowline.rpc.testkit;

import static io.bowline.rpc.testkit.Shops.EVERYBODY;
import static io.bowline.rpc.testkit.Shops.SERVICE;
import static io.bowline.rpc.testkit.Shops.who;
import static io.bowline.rpc.testkit.Shops.whoWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.route.Match;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.RuleCondition;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.Selector;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.Shops.Front;
import io.bowline.rpc.testkit.Shops.Shop;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where rules lead calls, with the whole engine around them. */
@Timeout(60)
class RoutingTest {
    private final Shops shops = new Shops();

    @AfterEach
    void close() throws Exception {
        shops.close();
    }

    @Test
    void excludesAndIncludesByLabelAndAddress() {
        shops.serveEverybody();
        Shop shop = shops.shop(shops.client(
                Rule.of("out", SERVICE, new RuleAction.Exclude(Selector.label("tag", "canary"), true)),
                Rule.of("zone", "*", RuleAction.Include.of(Selector.label("zone", "a", "c")))));
        assertThat(who(shop)).containsExactly("blue");
        RpcClient other = shops.client(Rule.of("here", SERVICE, RuleAction.Include.of(Selector.at("gr*"))));
        assertThat(who(shops.shop(other))).containsExactly("green");
        RuleAction.Include absent =
                RuleAction.Include.of(new Selector(List.of("blue", "canary"), Map.of("tag", new Match.Present(false))));
        other.routing().apply(RuleSet.of(Rule.of("no tag", SERVICE, absent)));
        assertThat(who(other.proxy(Shop.class))).containsExactly("blue");
    }

    @Test
    void leavesOtherServicesMethodsAndConsumersAlone() {
        shops.serveEverybody();
        RuleAction green = RuleAction.Include.of(Selector.at("green"));
        RpcClient client = shops.keep(shops.builder().label("app", "web").build());
        Shop shop = shops.shop(client);
        client.routing().apply(RuleSet.of(Rule.of("else", "demo.Other", green)));
        assertThat(who(shop)).isEqualTo(EVERYBODY);
        client.routing().apply(RuleSet.of(Rule.of("else", SERVICE, green).methods("buy", "later")));
        assertThat(who(shop)).isEqualTo(EVERYBODY);
        assertThat(shop.buy("ada", "DE")).isEqualTo("green");
        assertThat(shop.later("ada").join()).isEqualTo("green");
        client.routing().apply(RuleSet.of(Rule.of("app", SERVICE, green).when(RuleCondition.consumer("app", "job"))));
        assertThat(who(shop)).isEqualTo(EVERYBODY);
        client.routing().apply(RuleSet.of(Rule.of("app", SERVICE, green).when(RuleCondition.consumer("app", "web"))));
        assertThat(who(shop)).containsExactly("green");
    }

    @Test
    void asksCallsForMetadataAndArguments() {
        shops.serveEverybody();
        RuleAction green = RuleAction.Include.of(Selector.at("green"));
        RuleAction notGreen = new RuleAction.Exclude(Selector.at("green"), true);
        Shop shop = shops.shop(shops.client(
                Rule.of("tenant", SERVICE, green).when(RuleCondition.metadata("tenant", "acme", "globex")),
                Rule.of("user", SERVICE, notGreen).when(RuleCondition.argument("0", "eve")),
                Rule.of("country", SERVICE, green).methods("buy").when(RuleCondition.argument("1", "DE"))));
        assertThat(who(shop)).isEqualTo(EVERYBODY);
        assertThat(whoWith("tenant", "acme", shop)).containsExactly("green");
        assertThat(whoWith("tenant", "other", shop)).isEqualTo(EVERYBODY);
        assertThat(who(shop, "eve")).containsExactlyInAnyOrder("blue", "canary");
        for (int i = 0; i < 20; i++) {
            assertThat(shop.buy("ada", "DE")).isEqualTo("green");
        }
    }

    @Test
    void keepsTaggedAndUntaggedCallsApart() {
        shops.serveEverybody();
        Shop shop = shops.shop(shops.client(Rule.of("tags", "*", new RuleAction.Tag("tag", "tag", true))));
        assertThat(who(shop)).containsExactlyInAnyOrder("blue", "green");
        assertThat(whoWith("tag", "canary", shop)).containsExactly("canary");
        assertThat(whoWith("tag", "unheard-of", shop)).containsExactlyInAnyOrder("blue", "green");
    }

    @Test
    void refusesWhatARuleWithoutFallbackLeavesNobodyFor() {
        shops.serveEverybody();
        Shop shop = shops.shop(shops.client(Rule.of("tags", "*", new RuleAction.Tag("tag", "tag", false))));
        assertThat(whoWith("tag", "canary", shop)).containsExactly("canary");
        assertThatThrownBy(() -> whoWith("tag", "gone", shop))
                .isInstanceOfSatisfying(RpcException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(Code.NO_USABLE_PROVIDER);
                    assertThat(failure.unprocessed()).isTrue();
                })
                .hasMessageContaining("rule 'tags', which has no fallback, leaves none of 3 providers");
        assertThat(who(shop)).containsExactlyInAnyOrder("blue", "green");
    }

    @Test
    void blocksAMethodAndSaysWhy() {
        shops.serveEverybody();
        Shop shop = shops.shop(shops.client(Rule.of("moving", SERVICE, new RuleAction.Block("no sales during the move"))
                .methods("buy(java.lang.String,java.lang.String)")));
        assertThat(who(shop)).isEqualTo(EVERYBODY);
        assertThatThrownBy(() -> shop.buy("ada", "DE"))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("rule 'moving' blocks it: no sales during the move");
    }

    @Test
    void dividesCallsByPercentAndKeepsAUserWhereItIs() {
        shops.serveEverybody();
        RuleAction.Include canary = RuleAction.Include.of(Selector.at("canary"));
        RpcClient client = shops.client(Rule.of("grey", SERVICE, canary.percent(50, "")));
        Shop shop = shops.shop(client);
        long drawn = IntStream.range(0, 2_000)
                .filter(i -> shop.find("ada").equals("canary"))
                .count();
        assertThat(drawn).isBetween(800L, 1_200L);
        Set<String> few = among(client, shop, canary.percent(20, "0"));
        Set<String> more = among(client, shop, canary.percent(60, "0"));
        assertThat(few).hasSizeBetween(20, 60);
        assertThat(more).hasSizeBetween(80, 160).containsAll(few);
        assertThat(among(client, shop, canary.percent(0, "0"))).isEmpty();
        assertThat(among(client, shop, canary.percent(100, "0"))).hasSize(200);
        assertThat(among(client, shop, canary.percent(100, "@user"))).hasSize(200);
        assertThat(among(client, shop, canary.percent(99, "@user"))).isEmpty();
    }

    /** The users, of 200, whose calls all go to the canary; those of the others never do. */
    private static Set<String> among(RpcClient client, Shop shop, RuleAction action) {
        client.routing().apply(RuleSet.of(Rule.of("grey", SERVICE, action)));
        Set<String> users = new HashSet<>();
        for (int user = 0; user < 200; user++) {
            boolean chosen = shop.find("user-" + user).equals("canary");
            for (int i = 0; i < 3; i++) {
                assertThat(shop.find("user-" + user).equals("canary")).isEqualTo(chosen);
            }
            if (chosen) {
                users.add("user-" + user);
            }
        }
        return users;
    }

    @Test
    void aLaneGoesOnFromServiceToService() {
        shops.serveEverybody();
        Rule lanes = Rule.of("lanes", "*", new RuleAction.Tag("tag", Metadata.BAGGAGE + "lane", true));
        Shop behind = shops.shop(shops.client(lanes));
        RpcServer front = RpcServer.builder()
                .transport(shops.transport)
                .serializer(new TextSerializer())
                .listen(new Address("front", 0))
                .service(Front.class, behind::find)
                .start();
        shops.open.add(front);
        RpcClient caller = shops.keep(RpcClient.builder()
                .transport(shops.transport)
                .serializer(new TextSerializer())
                .addresses(front.address())
                .build());
        Front proxy = caller.proxy(Front.class);
        CallContext lane = CallContext.current().sending(Metadata.BAGGAGE + "lane", "canary");
        for (int i = 0; i < 30; i++) {
            assertThat(lane.call(() -> proxy.find("ada"))).isEqualTo("canary");
            assertThat(proxy.find("ada")).isNotEqualTo("canary");
        }
    }

    @Test
    void aProviderThatComesOrGoesTakesItsPlaceInTheRules() {
        RpcServer blue = shops.serve("blue", Map.of());
        RpcClient client = shops.client(Rule.of("tags", "*", new RuleAction.Tag("tag", "tag", true)));
        Shop shop = client.proxy(Shop.class);
        assertThat(whoWith("tag", "canary", shop)).containsExactly("blue");
        RpcServer canary = shops.serve("canary", Map.of("tag", "canary"));
        await().until(() -> whoWith("tag", "canary", shop).equals(Set.of("canary")));
        assertThat(who(shop)).containsExactly("blue");
        canary.close();
        assertThat(whoWith("tag", "canary", shop)).containsExactly("blue");
        shops.serve("green", Map.of());
        blue.close();
        await().until(() -> who(shop).equals(Set.of("green")));
    }

    @Test
    void aCallWaitsForTheOnlyProviderThatItsRulesLeaveWhileThatIsBeingConnected() throws Exception {
        RpcServer blue = shops.serve("blue", Map.of());
        RpcServer canary = shops.serve("canary", Map.of("tag", "canary"));
        HeldTransport held = new HeldTransport(shops.transport, canary.address());
        RpcClient client = shops.keep(shops.builder()
                .transport(held)
                .rules(RuleSet.of(Rule.of("tags", "*", new RuleAction.Tag("tag", "tag", false))))
                .build());
        Shop shop = client.proxy(Shop.class);
        assertThat(shop.find("ada")).isEqualTo("blue");
        CompletableFuture<String> waiting =
                CallContext.current().sending("tag", "canary").call(() -> shop.later("ada"));
        assertThat(waiting).isNotDone();
        assertThatThrownBy(() -> whoWith("tag", "gone", shop)).isInstanceOf(RpcException.class);
        held.release();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("canary");
        blue.close();
    }
}
