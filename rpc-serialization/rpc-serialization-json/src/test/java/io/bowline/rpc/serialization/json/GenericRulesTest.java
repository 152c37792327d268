package io.bowline.rpc.serialization.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.RuleCondition;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.Selector;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.service.GenericService;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules hold for generic calls, too, whose methods are known by name only and as they come. */
@Timeout(60)
class GenericRulesTest {
    private static final String SERVICE = Shop.class.getName();

    private final LocalTransport transport = new LocalTransport();
    private RpcServer blue;
    private RpcServer green;
    private RpcClient client;
    private GenericService shop;

    record User(String name, String country) {}

    interface Shop {
        String find(User user);

        CompletableFuture<String> later();
    }

    private record Named(String name) implements Shop {
        @Override
        public String find(User user) {
            return name;
        }

        @Override
        public CompletableFuture<String> later() {
            return new CompletableFuture<>();
        }
    }

    @BeforeEach
    void start() {
        blue = serve("blue");
        green = serve("green");
        client = RpcClient.builder()
                .transport(transport)
                .serializer(JsonSerializer.create())
                .addresses(blue.address(), green.address())
                .timeout(Duration.ofSeconds(30))
                .build();
        shop = client.generic(SERVICE);
    }

    private RpcServer serve(String name) {
        return RpcServer.builder()
                .transport(transport)
                .serializer(JsonSerializer.create())
                .listen(new Address(name, 0))
                .drainGrace(Duration.ofMillis(1))
                .service(Shop.class, new Named(name))
                .start();
    }

    @AfterEach
    void close() {
        client.close();
        blue.close();
        green.close();
        transport.close();
    }

    @Test
    void routesByMethodAndByWhatStandsInAMap() {
        // A rule with a fallback leaves a call to whoever is connected.
        await().until(() -> shop.call("find", Map.of("name", "ada")).equals("green"));
        client.routing()
                .apply(RuleSet.of(
                        Rule.of("green", SERVICE, RuleAction.Include.of(Selector.at("green")))
                                .methods("find")
                                .when(RuleCondition.argument("0.country", "DE")),
                        Rule.of("no", SERVICE, new RuleAction.Block("not now")).methods("later")));
        for (int i = 0; i < 20; i++) {
            assertThat(shop.call("find", Map.of("name", "ada", "country", "DE")))
                    .isEqualTo("green");
        }
        assertThatThrownBy(() -> shop.call("later")).hasMessageContaining("not now");
    }

    @Test
    void setsOptionsOfMethodsThatWereCalledBefore() {
        CompletableFuture<Object> patient = shop.callAsync("later");
        client.routing()
                .apply(RuleSet.of(
                        Rule.of("short", SERVICE, new RuleAction.SetOptions(Duration.ofMillis(40), null, null))));
        assertThatThrownBy(() -> shop.callAsync("later").get(30, TimeUnit.SECONDS))
                .hasMessageContaining("40 ms (rule 'short')");
        assertThat(patient).isNotDone();
    }
}
