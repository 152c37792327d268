package io.bowline.rpc.testkit;

import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.Filter;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A few shops and their customers, in one process, for tests of rules. */
final class Shops {
    static final String SERVICE = Shop.class.getName();
    static final Set<String> EVERYBODY = Set.of("blue", "canary", "green");

    final LocalTransport transport = new LocalTransport();
    final InMemoryRegistry registry = InMemoryRegistry.create();
    final List<AutoCloseable> open = new ArrayList<>();

    /** Each method answers with the name of the provider. */
    interface Shop {
        String find(String user);

        String buy(String user, String country);

        CompletableFuture<String> later(String user);
    }

    record Named(String name, CompletableFuture<String> later) implements Shop {
        @Override
        public String find(String user) {
            return name;
        }

        @Override
        public String buy(String user, String country) {
            return name;
        }

        @Override
        public CompletableFuture<String> later(String user) {
            return later;
        }
    }

    /** Calls on, as a handler does. */
    interface Front {
        String find(String user);
    }

    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        registry.close();
        transport.close();
    }

    RpcServer serve(String name, CompletableFuture<String> later) {
        return serve(name, Map.of(), later);
    }

    RpcServer serve(String name, Map<String, String> labels) {
        return serve(name, labels, CompletableFuture.completedFuture(name));
    }

    RpcServer serve(String name, Map<String, String> labels, CompletableFuture<String> later, Filter... filters) {
        var builder = RpcServer.builder()
                .transport(transport)
                .serializer(new TextSerializer())
                .registry(registry.another())
                .listen(new Address(name, 0))
                .service(Shop.class, new Named(name, later));
        labels.forEach(builder::label);
        List.of(filters).forEach(builder::filter);
        RpcServer server = builder.start();
        open.add(server);
        return server;
    }

    void serveEverybody() {
        serve("blue", Map.of("zone", "a"));
        serve("green", Map.of("zone", "b"));
        serve("canary", Map.of("tag", "canary", "zone", "a"));
    }

    RpcClientBuilder builder() {
        return RpcClient.builder()
                .transport(transport)
                .serializer(new TextSerializer())
                .registry(registry.another())
                .loadBalancer(LoadBalancer.roundRobin())
                .timeout(Duration.ofSeconds(30));
    }

    RpcClient client(Rule... rules) {
        return keep(builder().rules(RuleSet.of(rules)).build());
    }

    RpcClient keep(RpcClient client) {
        open.add(client);
        return client;
    }

    /** A proxy that is connected to all of its providers. */
    Shop shop(RpcClient client) {
        Shop shop = client.proxy(Shop.class);
        RuleSet rules = client.routing().rules();
        client.routing().apply(RuleSet.EMPTY);
        await().until(() -> who(shop).equals(EVERYBODY));
        client.routing().apply(rules);
        return shop;
    }

    static Set<String> who(Shop shop) {
        return who(shop, "ada");
    }

    static Set<String> who(Shop shop, String user) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            seen.add(shop.find(user));
        }
        return seen;
    }

    static Set<String> whoWith(String key, String value, Shop shop) {
        return CallContext.current().sending(key, value).call(() -> who(shop));
    }
}
