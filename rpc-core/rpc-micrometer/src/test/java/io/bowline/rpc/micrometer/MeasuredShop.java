package io.bowline.rpc.micrometer;

import com.sun.net.httpserver.HttpServer;
import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Idempotent;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import io.bowline.rpc.observe.AttemptMetricsFilter;
import io.bowline.rpc.observe.MetricsFilter;
import io.bowline.rpc.server.RpcServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A server and a client of it that fail now and then, and the page on which they tell their numbers. */
final class MeasuredShop {
    /** What it offers. */
    public interface Shop {
        @Idempotent
        String buy(String what);
    }

    static final String PATH = "/actuator/prometheus";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger calls = new AtomicInteger();
    private final RpcServer server;
    private final RpcClient client;
    private final Shop shop;
    private final HttpServer page;

    MeasuredShop() throws IOException {
        MicrometerMeters meters = MicrometerMeters.of(registry);
        Filter fullAtTimes = (request, next) -> calls.incrementAndGet() % 5 == 0
                ? CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "full"))
                : next.invoke(request);
        server = RpcServer.builder()
                .listen(new Address("127.0.0.1", 0))
                .drainGrace(Duration.ZERO)
                .filter(MetricsFilter.server(meters))
                .filter(fullAtTimes)
                .service(Shop.class, what -> {
                    if (what.equals("the moon")) {
                        throw new IllegalArgumentException("not for sale");
                    }
                    return what;
                })
                .start();
        client = RpcClient.builder()
                .addresses(server.address())
                .retryBudget(new RetryBudgetPolicy(1, 100))
                .filter(MetricsFilter.client(meters))
                .attempt(AttemptMetricsFilter.of(meters))
                .build();
        shop = client.proxy(Shop.class);
        page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext(PATH, exchange -> {
            byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        page.start();
    }

    /** Where the page is. */
    String target() {
        return "127.0.0.1:" + page.getAddress().getPort();
    }

    /** Some calls, of which some fail and some are tried again. */
    void trade() {
        for (int i = 0; i < 20; i++) {
            try {
                shop.buy(i % 10 == 0 ? "the moon" : "tea");
            } catch (RuntimeException expected) {
                // That is what the numbers are to tell.
            }
        }
    }

    String scrape() {
        return registry.scrape();
    }

    void close() {
        client.close();
        server.close();
        page.stop(0);
    }
}
