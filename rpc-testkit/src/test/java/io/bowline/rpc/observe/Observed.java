package io.bowline.rpc.observe;

import io.bowline.rpc.Address;
import io.bowline.rpc.Idempotent;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.testkit.TextSerializer;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A shop that is watched, and its customers. */
final class Observed {
    /** What it offers. Public, for the proxy. */
    public interface Shop {
        @Idempotent
        String buy(String what);

        CompletableFuture<String> order(String what);
    }

    /** What it throws when all is well. */
    public static final class SoldOut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static final String SERVICE = Shop.class.getName();
    static final String BUY = SERVICE + "/buy";
    static final String ORDER = SERVICE + "/order";

    private static final AtomicInteger SHOPS = new AtomicInteger();

    /** Orders under way, for the test to end. */
    final BlockingQueue<CompletableFuture<String>> orders = new LinkedBlockingQueue<>();

    private final LocalTransport transport = new LocalTransport();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final class Counter implements Shop {
        @Override
        public String buy(String what) {
            if (what.equals("the moon")) {
                throw new SoldOut();
            }
            return what;
        }

        @Override
        public CompletableFuture<String> order(String what) {
            CompletableFuture<String> order = new CompletableFuture<>();
            orders.add(order);
            return order;
        }
    }

    RpcServer server(UnaryOperator<RpcServerBuilder> options) {
        RpcServer server = options.apply(RpcServer.builder()
                        .listen(new Address("shop-" + SHOPS.incrementAndGet(), 1))
                        .transport(transport)
                        .serializer(new TextSerializer())
                        .drainGrace(Duration.ZERO)
                        .service(Shop.class, new Counter()))
                .start();
        open.push(server);
        return server;
    }

    RpcClient client(UnaryOperator<RpcClientBuilder> options, RpcServer... servers) {
        Address[] addresses = new Address[servers.length];
        for (int i = 0; i < servers.length; i++) {
            addresses[i] = servers[i].address();
        }
        RpcClient client = options.apply(RpcClient.builder()
                        .addresses(addresses)
                        .transport(transport)
                        .serializer(new TextSerializer()))
                .build();
        open.push(client);
        return client;
    }

    CompletableFuture<String> nextOrder() throws InterruptedException {
        CompletableFuture<String> order = orders.poll(20, TimeUnit.SECONDS);
        if (order == null) {
            throw new AssertionError("no order came");
        }
        return order;
    }

    /** What a series says; fails if there is none. */
    static double value(MemoryMeters meters, String measure, String method, String status, String value) {
        Map<String, String> labels = status.isEmpty()
                ? CallNames.labels(method.substring(0, method.indexOf('/')), method)
                : CallNames.labels(method.substring(0, method.indexOf('/')), method, status);
        Reading reading = meters.reading(measure, labels);
        if (reading == null) {
            throw new AssertionError("no " + measure + " of " + labels + " among " + meters.readings());
        }
        return reading.value(value);
    }

    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        transport.close();
    }
}
