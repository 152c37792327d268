package io.bowline.rpc.testkit;

import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Idempotent;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Providers of one service in this process, each behind a filter of the test's, and a client of all of them. */
final class Fleet implements AutoCloseable {
    /** What they offer. Public, for the proxy. */
    public interface Desk {
        @Idempotent
        String read(String text);

        @Idempotent
        CompletableFuture<String> readLater(String text);

        String write(String text);
    }

    /** Answers with the number of the provider. */
    private record Numbered(int number) implements Desk {
        @Override
        public String read(String text) {
            return text + number;
        }

        @Override
        public CompletableFuture<String> readLater(String text) {
            return CompletableFuture.completedFuture(read(text));
        }

        @Override
        public String write(String text) {
            return text + number;
        }
    }

    static final String SERVICE = Desk.class.getName();

    private static final AtomicInteger FLEETS = new AtomicInteger();

    private final LocalTransport transport = new LocalTransport();
    private final List<RpcServer> servers = new ArrayList<>();
    private final List<RpcClient> clients = new ArrayList<>();
    private final AtomicIntegerArray calls;

    private Fleet(IntFunction<Desk> desks, Filter... filters) {
        calls = new AtomicIntegerArray(filters.length);
        int fleet = FLEETS.incrementAndGet();
        for (int i = 0; i < filters.length; i++) {
            int number = i;
            Filter counting = (request, next) -> {
                calls.incrementAndGet(number);
                return next.invoke(request);
            };
            servers.add(RpcServer.builder()
                    .transport(transport)
                    .serializer(new TextSerializer())
                    .listen(new Address("fleet-" + fleet, i + 1))
                    .filter(counting)
                    .filter(filters[i])
                    .service(Desk.class, desks.apply(i))
                    .start());
        }
    }

    static Fleet of(Filter... filters) {
        return new Fleet(Numbered::new, filters);
    }

    /** As many providers, all behind the same filter. */
    static Fleet of(int providers, Filter filter) {
        Filter[] filters = new Filter[providers];
        Arrays.fill(filters, filter);
        return new Fleet(Numbered::new, filters);
    }

    /** As many providers that are nothing but a desk. */
    static Fleet of(int providers, Desk desk) {
        Filter[] filters = new Filter[providers];
        Arrays.fill(filters, (Filter) (request, next) -> next.invoke(request));
        return new Fleet(number -> desk, filters);
    }

    RpcClientBuilder client() {
        return clientOfNobody()
                .addresses(servers.stream().map(RpcServer::address).toArray(Address[]::new));
    }

    /** A client that has to be told where providers are. */
    RpcClientBuilder clientOfNobody() {
        return RpcClient.builder().transport(transport).serializer(new TextSerializer());
    }

    Address address(int number) {
        return servers.get(number).address();
    }

    /** A client of which each second is the first one: what its budget grants by the second, it grants once. */
    RpcClientBuilder clientWithoutTime() {
        return client().timer(new FrozenTimer()).timeout(Duration.ofHours(1));
    }

    /** A proxy of a client that is closed with the fleet. */
    Desk desk(RpcClientBuilder builder) {
        RpcClient client = builder.build();
        clients.add(client);
        return client.proxy(Desk.class);
    }

    /** A proxy with a strategy that would not do for every method: the one that may not be run twice has another. */
    Desk desk(RpcClientBuilder builder, CallStrategy strategy) {
        return desk(builder, strategy, LoadBalancer.peakEwma());
    }

    /** The same with a balancer, once every provider is connected. */
    Desk desk(RpcClientBuilder builder, CallStrategy strategy, LoadBalancer balancer) {
        RpcClient client = builder.build();
        clients.add(client);
        Watched watched = new Watched(balancer, new AtomicInteger());
        Desk desk = client.proxy(
                Desk.class,
                o -> o.strategy(strategy)
                        .loadBalancer(watched)
                        .method("write", m -> m.strategy(CallStrategy.failover())));
        await().until(() -> watched.connected.get() == servers.size());
        return desk;
    }

    private record Watched(LoadBalancer within, AtomicInteger connected) implements LoadBalancer {
        @Override
        public Picker over(List<? extends Node> nodes) {
            return over(nodes, null);
        }

        @Override
        public Picker over(List<? extends Node> nodes, @Nullable Picker before) {
            connected.set(nodes.size());
            return within.over(nodes, before);
        }
    }

    /** Has its clients' proxies obey these rules, and no others. */
    void obey(Rule... rules) {
        clients.forEach(client -> client.routing().apply(RuleSet.of(rules)));
    }

    /** The calls that have reached a provider. */
    int calls(int number) {
        return calls.get(number);
    }

    /** The calls that have reached any of them. */
    int calls() {
        int sum = 0;
        for (int i = 0; i < calls.length(); i++) {
            sum += calls.get(i);
        }
        return sum;
    }

    /** How many of so many calls fail. */
    static int failures(int calls, Runnable call) {
        int failures = 0;
        for (int i = 0; i < calls; i++) {
            try {
                call.run();
            } catch (RpcException expected) {
                failures++;
            }
        }
        return failures;
    }

    LocalTransport transport() {
        return transport;
    }

    void stop(int number) {
        servers.get(number).close();
    }

    @Override
    public void close() {
        clients.forEach(RpcClient::close);
        servers.forEach(RpcServer::close);
        transport.close();
    }
}
