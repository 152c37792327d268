package io.bowline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Idempotent;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CoalescePolicy;
import io.bowline.rpc.filter.DuplicatePolicy;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.testkit.FlakyTransport;
import io.bowline.rpc.testkit.TextSerializer;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that share an answer: from a client's cache, in flight, and when a call is sent twice. */
class SharedCallsTest {
    /** The contract of this test. */
    public interface Shop {
        String price(String what);

        CompletableFuture<String> stock(String what);

        @Idempotent
        String touch(String what);

        @Idempotent(key = {"0", "@tenant"})
        String order(String number);

        @Idempotent(key = "0")
        String buy(String number);

        void close(String reason);
    }

    /** A contract whose key cannot be. */
    public interface Mistaken {
        @Idempotent(key = "1.number")
        String buy(String number);
    }

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final LocalTransport transport = keep(new LocalTransport());
    private final FlakyTransport flaky = FlakyTransport.over(transport);
    private final AtomicInteger runs = new AtomicInteger();
    private final CompletableFuture<String> stocktaking = new CompletableFuture<>();

    private final class Counter implements Shop {
        @Override
        public String price(String what) {
            if (what.isEmpty()) {
                runs.incrementAndGet();
                throw new IllegalArgumentException("nothing");
            }
            return what + " costs " + runs.incrementAndGet();
        }

        @Override
        public CompletableFuture<String> stock(String what) {
            runs.incrementAndGet();
            return stocktaking;
        }

        @Override
        public String touch(String what) {
            return "run " + runs.incrementAndGet();
        }

        @Override
        public String order(String number) {
            return "run " + runs.incrementAndGet();
        }

        @Override
        public String buy(String number) {
            return "run " + runs.incrementAndGet();
        }

        @Override
        public void close(String reason) {
            runs.incrementAndGet();
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

    private RpcServerBuilder server() {
        return RpcServer.builder()
                .listen(new Address("localhost", 0))
                .transport(transport)
                .serializer(new TextSerializer())
                .drainGrace(Duration.ZERO);
    }

    private Shop shop(UnaryOperator<RpcServerBuilder> server, UnaryOperator<ReferenceOptions> options) {
        RpcServer started =
                keep(server.apply(server().service(Shop.class, new Counter())).start());
        RpcClient client = keep(RpcClient.builder()
                .addresses(started.address())
                .transport(flaky)
                .connectionsPerProvider(2)
                .serializer(new TextSerializer())
                .build());
        return client.proxy(Shop.class, options);
    }

    @Test
    void anAnswerThatIsKeptIsNotFetchedAgain() {
        CachePolicy policy = CachePolicy.of(100, Duration.ofMinutes(1));
        Shop shop = shop(server -> server, o -> o.method("price", m -> m.cache(policy)));
        assertThat(shop.price("tea")).isEqualTo("tea costs 1");
        assertThat(shop.price("tea")).isEqualTo("tea costs 1");
        assertThat(shop.price("milk")).isEqualTo("milk costs 2");
        assertThat(runs).hasValue(2);
    }

    @Test
    void theAnswerOfAFallbackIsNotKept() {
        CachePolicy policy = CachePolicy.of(100, Duration.ofMinutes(1));
        Shop shop = shop(
                server -> server, o -> o.method("price", m -> m.cache(policy).fallback((String what) -> "ask for it")));
        flaky.refuseCalls(FlakyTransport.ALL);
        assertThat(shop.price("tea")).isEqualTo("ask for it");
        flaky.heal();
        assertThat(shop.price("tea")).isEqualTo("tea costs 1");
    }

    @Test
    void equalCallsUnderWayRunOnceWhereThatIsAskedFor() {
        Shop shop = shop(server -> server, o -> o.method("stock", m -> m.coalesce(CoalescePolicy.IDENTICAL)));
        List<CompletableFuture<String>> asked =
                IntStream.range(0, 10).mapToObj(i -> shop.stock("tea")).toList();
        await().until(() -> runs.get() > 0);
        asked.get(0).cancel(true);
        stocktaking.complete("plenty");
        asked.subList(1, 10).forEach(call -> assertThat(call.join()).isEqualTo("plenty"));
        assertThat(runs).hasValue(1);
    }

    @Test
    void whoSharesAFailureHasItsOwnStackInIt() {
        Shop shop = shop(server -> server, o -> o.method("stock", m -> m.coalesce(CoalescePolicy.IDENTICAL)));
        List<CompletableFuture<String>> asked =
                IntStream.range(0, 20).mapToObj(i -> shop.stock("tea")).toList();
        await().until(() -> runs.get() > 0);
        stocktaking.completeExceptionally(new IllegalStateException("the shelf fell"));
        for (CompletableFuture<String> call : asked) {
            Throwable thrown = catchThrowable(call::join);
            assertThat(thrown).isInstanceOf(CompletionException.class).hasRootCauseMessage("the shelf fell");
            long boundaries = Arrays.stream(thrown.getCause().getStackTrace())
                    .filter(frame -> frame.getClassName().contains("caller below"))
                    .count();
            assertThat(boundaries).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void whatReturnsNothingCannotBeShared() {
        assertThatThrownBy(() -> shop(
                        server -> server,
                        o -> o.method("close", m -> m.cache(CachePolicy.of(1, Duration.ofSeconds(1))))))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        failure -> assertThat(failure.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                .hasMessageContaining("cache of " + Shop.class.getName())
                .hasMessageContaining("by method close: it returns nothing");
    }

    @Test
    void nothingInPlaceOfAnAnswerIsNotKept() {
        CachePolicy policy = CachePolicy.of(100, Duration.ofMinutes(1));
        assertThatThrownBy(() -> shop(
                        server -> server,
                        o -> o.strategy(CallStrategy.failsafe()).method("price", m -> m.cache(policy))))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        failure -> assertThat(failure.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                .hasMessageContaining("price(java.lang.String) by method price: the strategy 'failsafe' (reference)");
    }

    @Test
    void aCallThatIsSentTwiceRunsTwiceWithoutAKey() {
        Shop shop = shop(server -> server, o -> o);
        flaky.cutCalls(1);
        assertThat(shop.touch("order 1")).isEqualTo("run 2");
    }

    @Test
    void aCallThatIsSentTwiceRunsOnceWithAKey() {
        Shop shop = shop(server -> server, o -> o);
        flaky.cutCalls(1);
        assertThat(shop.buy("order 1")).as("of the first run").isEqualTo("run 1");
        assertThat(runs).hasValue(1);
        assertThat(shop.buy("order 1")).isEqualTo("run 1");
        assertThat(shop.buy("order 2")).isEqualTo("run 2");
    }

    @Test
    void aCallInWhichAPartOfTheKeyIsMissingIsRun() {
        Shop shop = shop(server -> server, o -> o);
        assertThat(shop.order("order 1")).isEqualTo("run 1");
        assertThat(shop.order("order 1")).isEqualTo("run 2");
    }

    @Test
    void nothingIsKnownAgainWhereThatIsOff() {
        Shop shop = shop(server -> server.duplicates(DuplicatePolicy.OFF), o -> o);
        assertThat(shop.buy("order 1")).isEqualTo("run 1");
        assertThat(shop.buy("order 1")).isEqualTo("run 2");
    }

    @Test
    void aKeyOfAnArgumentThatIsNotThereFailsTheStart() {
        assertThatThrownBy(
                        () -> server().service(Mistaken.class, number -> number).start())
                .isInstanceOf(RpcException.class)
                .hasMessageContaining(
                        "the key '1.number' is of an argument that it does not have (expected: from 0 to 0)");
    }
}
