package io.bowline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.OutlierPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.ManualTimer;
import io.bowline.rpc.testkit.TextSerializer;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Circuit breakers, limits and ejection at a client of real providers in this process, with time moved by hand. */
class ProviderGatesTest {
    /** The contract of this test. */
    public interface Shop {
        String buy(String what);

        String look(String what);

        CompletableFuture<String> order(String what);
    }

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final LocalTransport transport = keep(new LocalTransport());
    private final ManualTimer timer = new ManualTimer();
    private final CircuitBreakerPolicy breaker =
            CircuitBreakerPolicy.DEFAULT.withWindow(CircuitBreakerPolicy.Window.ofCalls(10, 4));

    /** A provider that fails all calls while it is broken, and never ends its orders. */
    private final class Provider implements Shop {
        final AtomicInteger asked = new AtomicInteger();
        volatile boolean broken;
        volatile Code trouble = Code.INTERNAL;
        volatile Duration takes = Duration.ZERO;
        final RpcServer server = keep(RpcServer.builder()
                .listen(new Address("localhost", 0))
                .transport(transport)
                .serializer(new TextSerializer())
                .drainGrace(Duration.ZERO)
                .filter((request, next) -> {
                    asked.incrementAndGet();
                    if (broken) {
                        throw RpcException.of(trouble, "broken");
                    }
                    return next.invoke(request);
                })
                .service(Shop.class, this)
                .start());

        @Override
        public String buy(String what) {
            timer.advance(takes);
            return what;
        }

        @Override
        public String look(String what) {
            return what;
        }

        @Override
        public CompletableFuture<String> order(String what) {
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

    private List<Provider> providers(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Provider()).toList();
    }

    /** A proxy whose client is connected to all providers. */
    private Shop shop(List<Provider> providers, UnaryOperator<RpcClientBuilder> options) {
        RpcClient client = keep(options.apply(RpcClient.builder()
                        .addresses(providers.stream()
                                .map(provider -> provider.server.address())
                                .toArray(Address[]::new))
                        .transport(transport)
                        .serializer(new TextSerializer())
                        .loadBalancer(LoadBalancer.roundRobin())
                        .timer(timer)
                        .retry(RetryPolicy.NONE))
                .build());
        Shop shop = client.proxy(Shop.class);
        await().until(() -> {
            shop.look("around");
            return providers.stream().allMatch(provider -> provider.asked.get() > 0);
        });
        providers.forEach(provider -> provider.asked.set(0));
        return shop;
    }

    private static RpcException failure(Runnable call) {
        return catchThrowableOfType(RpcException.class, call::run);
    }

    /** Calls so often, and counts those that failed. */
    private static int failures(Shop shop, int calls) {
        int failed = 0;
        for (int i = 0; i < calls; i++) {
            failed += failure(() -> shop.buy("tea")) == null ? 0 : 1;
        }
        return failed;
    }

    @Test
    void aProviderWithAnOpenBreakerIsNotPicked() {
        List<Provider> providers = providers(3);
        Shop shop = shop(providers, client -> client.circuitBreaker(breaker).outliers(OutlierPolicy.OFF));
        providers.get(1).broken = true;
        assertThat(failures(shop, 60)).isEqualTo(4);
        assertThat(providers.get(1).asked).hasValue(4);
        assertThat(providers.get(0).asked.get() + providers.get(2).asked.get()).isEqualTo(56);
    }

    @Test
    void aProviderThatHasRecoveredIsProbedAndTakenBack() {
        List<Provider> providers = providers(2);
        Shop shop = shop(providers, client -> client.circuitBreaker(breaker).outliers(OutlierPolicy.OFF));
        providers.get(0).broken = true;
        failures(shop, 20);
        providers.get(0).broken = false;
        timer.advance(Duration.ofSeconds(6));
        providers.get(0).asked.set(0);
        assertThat(failures(shop, 20)).isZero();
        assertThat(providers.get(0).asked).hasValue(10);
    }

    @Test
    void whenAllBreakersAreOpenTheCallFailsAtOnceAndSaysWhy() {
        List<Provider> providers = providers(2);
        Shop shop = shop(providers, client -> client.circuitBreaker(breaker).outliers(OutlierPolicy.OFF));
        providers.forEach(provider -> provider.broken = true);
        failures(shop, 8);
        RpcException failure = failure(() -> shop.buy("tea"));
        assertThat(failure.code()).isEqualTo(Code.NO_USABLE_PROVIDER);
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure)
                .hasMessageContaining("2 connected of " + Shop.class.getName() + ", none takes this call")
                .hasMessageContaining("circuit breaker (client) of " + Shop.class.getName()
                        + " buy(java.lang.String) at " + providers.get(0).server.address()
                        + ", open for another 5.0 s since 4 of 4 calls failed");
        assertThat(providers.get(0).asked).hasValue(4);
    }

    @Test
    void aBreakerIsOfOneMethod() {
        List<Provider> providers = providers(1);
        Shop shop = shop(providers, client -> client.circuitBreaker(breaker));
        providers.get(0).broken = true;
        failures(shop, 5);
        providers.get(0).broken = false;
        assertThat(shop.look("around")).isEqualTo("around");
        assertThat(failure(() -> shop.buy("tea")).code()).isEqualTo(Code.NO_USABLE_PROVIDER);
    }

    @Test
    void aLimitAtOneProviderSendsTheCallToAnother() {
        List<Provider> providers = providers(2);
        Shop shop = shop(providers, client -> client.concurrencyLimit(ConcurrencyLimitPolicy.fixed(2)));
        List<CompletableFuture<String>> orders =
                IntStream.range(0, 4).mapToObj(i -> shop.order("tea")).toList();
        assertThat(orders).noneMatch(CompletableFuture::isDone);
        assertThat(shop.order("one too many"))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .withMessageStartingWith("RPC-NO-USABLE-PROVIDER 2 connected")
                .withMessageContaining("limit (client) of 2 calls at once of ");
        orders.get(0).cancel(true);
        await().untilAsserted(() -> assertThat(shop.order("tea")).isNotCompletedExceptionally());
    }

    @Test
    void aBulkheadHoldsForAllMethodsOfAReference() {
        List<Provider> providers = providers(1);
        Shop shop = shop(providers, client -> client.bulkhead(ConcurrencyLimitPolicy.fixed(1)));
        CompletableFuture<String> order = shop.order("tea");
        RpcException failure = failure(() -> shop.buy("tea"));
        assertThat(failure.code()).isEqualTo(Code.OVERLOADED);
        assertThat(failure)
                .hasMessageContaining("limit (client) of 1 calls at once of the bulkhead of " + Shop.class.getName());
        order.cancel(true);
        await().untilAsserted(() -> assertThat(shop.buy("tea")).isEqualTo("tea"));
    }

    @Test
    void aRateIsOfOneMethodAndSaysWhoSetIt() {
        List<Provider> providers = providers(1);
        Shop shop = shop(providers, client -> client);
        Shop limited = keep(RpcClient.builder()
                        .addresses(providers.get(0).server.address())
                        .transport(transport)
                        .serializer(new TextSerializer())
                        .timer(timer)
                        .build())
                .proxy(Shop.class, o -> o.method("buy", m -> m.rateLimit(new RateLimitPolicy(1, 2))));
        assertThat(failures(limited, 5)).isEqualTo(3);
        assertThat(failure(() -> limited.buy("tea")))
                .hasMessageContaining("rate limit (method buy) of " + Shop.class.getName());
        assertThat(limited.look("around")).isEqualTo("around");
        assertThat(failures(shop, 5)).isZero();
        timer.advance(Duration.ofSeconds(1));
        assertThat(failures(limited, 5)).isEqualTo(4);
    }

    @Test
    void failuresInARowEjectAProviderForAGrowingWhile() {
        List<Provider> providers = providers(3);
        Shop shop = shop(providers, client -> client);
        Provider bad = providers.get(1);
        bad.broken = true;
        assertThat(failures(shop, 90)).isEqualTo(5);
        timer.advance(Duration.ofSeconds(10));
        assertThat(failures(shop, 90)).as("back for a second try").isEqualTo(5);
        timer.advance(Duration.ofSeconds(10));
        assertThat(failures(shop, 90)).as("left out for 20 s now").isZero();
        timer.advance(Duration.ofSeconds(10));
        bad.broken = false;
        bad.asked.set(0);
        assertThat(failures(shop, 90)).isZero();
        assertThat(bad.asked).hasValueGreaterThan(20);
    }

    @Test
    void neverMoreThanHalfAreEjectedAndOneAloneNever() {
        List<Provider> providers = providers(3);
        Shop shop = shop(providers, client -> client);
        providers.forEach(provider -> provider.broken = true);
        failures(shop, 300);
        assertThat(providers.stream().filter(provider -> provider.asked.get() > 100))
                .hasSize(2);

        List<Provider> alone = providers(1);
        Shop single = shop(alone, client -> client);
        alone.get(0).broken = true;
        assertThat(failures(single, 50)).isEqualTo(50);
        alone.get(0).broken = false;
        assertThat(failures(single, 1)).isZero();
    }

    @Test
    void whereOthersLeaveSoThatMostAreEjectedAllTakeCalls() {
        List<Provider> providers = providers(4);
        Shop shop = shop(providers, client -> client);
        providers.get(0).broken = true;
        providers.get(1).broken = true;
        assertThat(failures(shop, 80)).isEqualTo(10);
        assertThat(failures(shop, 80)).as("half are left out").isZero();
        providers.get(2).server.close();
        assertThat(failures(shop, 60)).as("two of three would be left out").isBetween(39, 41);
        timer.advance(Duration.ofSeconds(10));
        failures(shop, 60);
        assertThat(failures(shop, 60))
                .as("back, and one of three is left out again")
                .isBetween(29, 31);
    }

    @Test
    void whoRefusesBecauseThereIsTooMuchToDoGoesOnDoingWhatItCan() {
        List<Provider> providers = providers(2);
        Shop shop = shop(providers, client -> client);
        providers.get(0).broken = true;
        providers.get(0).trouble = Code.OVERLOADED;
        assertThat(failures(shop, 40)).isEqualTo(20);
    }

    @Test
    void whatAServiceThrowsIsAnAnswerAndBreaksARowOfFailures() {
        List<Provider> providers = providers(2);
        Shop shop = shop(providers, client -> client);
        Provider bad = providers.get(0);
        bad.broken = true;
        for (int i = 0; i < 12; i++) {
            bad.trouble = i % 4 == 3 ? Code.APPLICATION : Code.INTERNAL;
            assertThat(failures(shop, 2)).isEqualTo(1);
        }
        bad.trouble = Code.INTERNAL;
        assertThat(failures(shop, 20)).isEqualTo(5);
    }

    @Test
    void aSuccessBetweenKeepsAProviderInUnlessItIsCompared() {
        List<Provider> providers = providers(4);
        Shop patient = shop(providers, client -> client);
        Shop comparing = shop(providers, client -> client.outliers(OutlierPolicy.COMPARING));
        Provider bad = providers.get(2);
        for (Shop shop : List.of(patient, comparing)) {
            for (int i = 0; i < 1_200; i++) {
                bad.broken = i / 4 % 3 == 0;
                failures(shop, 1);
            }
            bad.broken = false;
        }
        timer.advance(Duration.ofSeconds(10));
        bad.asked.set(0);
        failures(comparing, 40);
        assertThat(bad.asked).hasValue(0);
        failures(patient, 40);
        assertThat(bad.asked).hasValue(10);
    }

    @Test
    void aProviderThatTakesFarLongerThanTheOthersIsEjectedWhereTheyAreCompared() {
        List<Provider> providers = providers(4);
        Shop shop = shop(providers, client -> client.outliers(OutlierPolicy.COMPARING));
        providers.forEach(provider -> provider.takes = Duration.ofMillis(1));
        Provider slow = providers.get(3);
        slow.takes = Duration.ofMillis(20);
        assertThat(failures(shop, 240)).isZero();
        timer.advance(Duration.ofSeconds(10));
        slow.asked.set(0);
        assertThat(failures(shop, 60)).isZero();
        assertThat(slow.asked).hasValue(0);
    }

    @Test
    void nobodyIsEjectedWhereThatIsOff() {
        List<Provider> providers = providers(2);
        Shop shop = shop(providers, client -> client.outliers(OutlierPolicy.OFF));
        providers.get(0).broken = true;
        assertThat(failures(shop, 40)).isEqualTo(20);
    }
}
