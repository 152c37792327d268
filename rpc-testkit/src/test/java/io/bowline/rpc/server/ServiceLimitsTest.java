package io.bowline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.testkit.TextSerializer;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server's limits keep out, as a client sees it. */
class ServiceLimitsTest {
    /** The contract of this test. */
    public interface Shop {
        String buy(String what);

        CompletableFuture<String> order(String what);
    }

    /** Another contract of this test. */
    public interface Desk {
        String ask(String what);
    }

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final LocalTransport transport = keep(new LocalTransport());
    private final AtomicInteger begun = new AtomicInteger();
    private RpcClient client;

    private final class OrderBook implements Shop {
        @Override
        public String buy(String what) {
            begun.incrementAndGet();
            return what;
        }

        @Override
        public CompletableFuture<String> order(String what) {
            begun.incrementAndGet();
            return new CompletableFuture<>();
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private Shop shop(UnaryOperator<RpcServerBuilder> limits) {
        RpcServer server = keep(limits.apply(RpcServer.builder()
                        .listen(new Address("localhost", 0))
                        .transport(transport)
                        .serializer(new TextSerializer())
                        .drainGrace(Duration.ZERO)
                        .service(Shop.class, new OrderBook())
                        .service(Desk.class, what -> what))
                .start());
        client = keep(RpcClient.builder()
                .addresses(server.address())
                .transport(transport)
                .serializer(new TextSerializer())
                .retry(RetryPolicy.NONE)
                .build());
        return client.proxy(Shop.class);
    }

    private static RpcException failure(Runnable call) {
        RpcException failure = catchThrowableOfType(RpcException.class, call::run);
        assertThat(failure.code()).isEqualTo(Code.OVERLOADED);
        assertThat(failure.unprocessed()).isTrue();
        return failure;
    }

    @Test
    void aRateIsOfOneMethodAndTheServiceSeesNothingOfTheRest() {
        Shop shop = shop(server -> server.rateLimit(new RateLimitPolicy(0.001, 2)));
        shop.buy("tea");
        shop.buy("tea");
        assertThat(failure(() -> shop.buy("tea")))
                .hasMessageContaining("kept out by rate limit (server) of " + Shop.class.getName() + " buy(");
        assertThat(begun).hasValue(2);
        assertThat(client.proxy(Desk.class).ask("me")).isEqualTo("me");
    }

    @Test
    void aLimitIsOfOneMethodAndAnAbandonedCallGivesItsPlaceBack() {
        Shop shop = shop(server -> server.concurrencyLimit(ConcurrencyLimitPolicy.fixed(1)));
        CompletableFuture<String> order = shop.order("tea");
        await().until(() -> begun.get() == 1);
        assertThat(failure(() -> join(shop.order("more"))))
                .hasMessageContaining("limit (server) of 1 calls at once of " + Shop.class.getName() + " order(");
        assertThat(shop.buy("tea")).isEqualTo("tea");
        order.cancel(true);
        int before = begun.get();
        await().until(() -> {
            shop.order("again");
            return begun.get() > before;
        });
    }

    @Test
    void aBulkheadIsOfOneService() {
        Shop shop = shop(server -> server.bulkhead(ConcurrencyLimitPolicy.fixed(1)));
        shop.order("tea");
        await().until(() -> begun.get() == 1);
        assertThat(failure(() -> shop.buy("tea")))
                .hasMessageContaining(
                        "limit (server) of 1 calls at once of the bulkhead of " + Shop.class.getName() + ";");
        assertThat(client.proxy(Desk.class).ask("me")).isEqualTo("me");
    }

    private static void join(CompletableFuture<String> call) {
        try {
            call.join();
        } catch (CompletionException failed) {
            throw RpcException.from(failed);
        }
    }
}
