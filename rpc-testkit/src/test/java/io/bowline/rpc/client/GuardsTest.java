package io.bowline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.TextSerializer;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a client's guards stand: around what is to be sent, and around nothing else. */
class GuardsTest {
    /** The contract of this test. */
    public interface Shop {
        String buy(String what);
    }

    private static final Filter REFUSING = (request, next) ->
            CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "kept out by a guard"));

    private final LocalTransport transport = new LocalTransport();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger toRefuse = new AtomicInteger();
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private final RpcServer server = RpcServer.builder()
            .listen(new Address("localhost", 0))
            .transport(transport)
            .serializer(new TextSerializer())
            .drainGrace(Duration.ZERO)
            .service(Shop.class, what -> what)
            .filter((request, next) -> {
                arrived.incrementAndGet();
                return toRefuse.getAndDecrement() > 0 ? REFUSING.apply(request, next) : next.invoke(request);
            })
            .start();

    @AfterEach
    void stop() {
        server.close();
        transport.close();
    }

    private Filter noting(String name) {
        return (request, next) -> {
            passed.add(name);
            return next.invoke(request);
        };
    }

    private RpcClient client(UnaryOperator<RpcClientBuilder> options) {
        return options.apply(RpcClient.builder()
                        .addresses(server.address())
                        .transport(transport)
                        .serializer(new TextSerializer()))
                .build();
    }

    @Test
    void aFallbackAnswersForWhatAGuardRefuses() {
        try (RpcClient client = client(c -> c.guard(REFUSING))) {
            assertThat(client.proxy(Shop.class, o -> o.fallback(what -> "no " + what))
                            .buy("tea"))
                    .isEqualTo("no tea");
            RpcException refusal = catchThrowableOfType(
                    RpcException.class, () -> client.proxy(Shop.class).buy("tea"));
            assertThat(refusal.code()).isEqualTo(Code.OVERLOADED);
            assertThat(arrived).hasValue(0);
        }
    }

    @Test
    void theyStandBelowFiltersTheFirstOutermost() {
        try (RpcClient client =
                client(c -> c.guard(noting("first")).guard(noting("second")).filter(noting("filter")))) {
            client.proxy(Shop.class).buy("tea");
            assertThat(passed).containsExactly("filter", "first", "second");
        }
    }

    @Test
    void allAttemptsOfACallPassAsOne() {
        toRefuse.set(1);
        try (RpcClient client = client(c -> c.guard(noting("guard")))) {
            assertThat(client.proxy(Shop.class).buy("tea")).isEqualTo("tea");
            assertThat(arrived).hasValue(2);
            assertThat(passed).containsExactly("guard");
        }
    }

    @Test
    void answersThatAreKeptPassNone() {
        try (RpcClient client = client(c -> c.guard(noting("guard")))) {
            Shop shop = client.proxy(
                    Shop.class, o -> o.method("buy", m -> m.cache(CachePolicy.of(10, Duration.ofHours(1)))));
            shop.buy("tea");
            shop.buy("tea");
            assertThat(passed).containsExactly("guard");
        }
    }
}
