package io.bowline.rpc.resilience4j;

import static io.bowline.rpc.resilience4j.World.code;
import static io.bowline.rpc.resilience4j.World.join;
import static io.bowline.rpc.resilience4j.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.resilience4j.World.Shop;
import io.bowline.rpc.resilience4j.World.SoldOut;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real breakers between a real client and real providers. */
class CircuitBreakerFilterTest {
    private static final CircuitBreakerConfig FOUR_CALLS = CircuitBreakerConfig.custom()
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(4)
            .minimumNumberOfCalls(4)
            .waitDurationInOpenState(Duration.ofHours(1))
            .permittedNumberOfCallsInHalfOpenState(1)
            .build();

    private final World world = new World();
    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(FOUR_CALLS);

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private CircuitBreaker breaker() {
        return registry.circuitBreaker("one");
    }

    private CircuitBreakerFilter one() {
        return CircuitBreakerFilter.of(breaker());
    }

    @Test
    void opensAfterFailuresAndTheProviderSeesNoMoreCalls() {
        Shop shop = world.behind(one());
        world.trouble = Code.INTERNAL;
        for (int i = 0; i < 4; i++) {
            assertThat(code(() -> shop.buy("tea"))).isEqualTo(Code.INTERNAL);
        }
        assertThat(refused(() -> shop.buy("tea")))
                .hasMessageContaining("circuit breaker 'one', OPEN with 4 of 4 calls failed");
        refused(() -> join(shop.order("tea")));
        assertThat(world.arrived).hasValue(4);
    }

    @Test
    void asynchronousCallsCountAsSynchronousOnesDo() {
        Shop shop = world.behind(one());
        world.trouble = Code.OVERLOADED;
        for (int i = 0; i < 4; i++) {
            assertThat(code(() -> join(shop.order("tea")))).isEqualTo(Code.OVERLOADED);
        }
        assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void aCallOutOfTimeIsAFailure() throws InterruptedException {
        Address provider = world.provider(server -> server);
        Shop shop = world.client(client -> client.guard(one()), provider)
                .proxy(Shop.class, o -> o.method("order", m -> m.timeout(Duration.ofMillis(20))));
        assertThat(code(() -> join(shop.order("tea")))).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void whatTheServiceThrowsIsAnAnswer() {
        Shop shop = world.behind(one());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> shop.buy("the moon")).hasMessageContaining("SoldOut");
        }
        assertThat(breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(4);
        assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void whatIsCountedIsJudgedByTheBreakersOwnPredicates() {
        CircuitBreaker ignoring = registry.circuitBreaker(
                "ignoring",
                CircuitBreakerConfig.from(FOUR_CALLS)
                        .ignoreExceptions(SoldOut.class)
                        .build());
        // On the server, the exception is the service's own object.
        Shop lenient = world.inFrontOf(CircuitBreakerFilter.of(ignoring).counting(Set.of(Code.APPLICATION)));
        Shop strict = world.inFrontOf(one().counting(Set.of(Code.APPLICATION)));
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> lenient.buy("the moon")).hasMessageContaining("SoldOut");
            assertThatThrownBy(() -> strict.buy("the moon")).hasMessageContaining("SoldOut");
        }
        assertThat(ignoring.getMetrics().getNumberOfBufferedCalls()).isZero();
        refused(() -> strict.buy("tea"));
        assertThat(lenient.buy("tea")).isEqualTo("tea");
    }

    @Test
    void aProbeThatItsCallerGaveUpIsNoProbe() throws InterruptedException {
        Shop shop = world.behind(one());
        breaker().transitionToOpenState();
        breaker().transitionToHalfOpenState();
        CompletableFuture<String> probe = shop.order("tea");
        world.order();
        assertThat(refused(() -> shop.buy("tea"))).hasMessageContaining("HALF_OPEN");
        probe.cancel(true);
        assertThat(shop.buy("tea")).isEqualTo("tea");
        assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void aFallbackAnswersForAnOpenBreaker() {
        Address provider = world.provider(server -> server);
        Shop shop = world.client(client -> client.guard(one()), provider)
                .proxy(Shop.class, o -> o.fallback(what -> "no " + what));
        breaker().transitionToOpenState();
        assertThat(shop.buy("tea")).isEqualTo("no tea");
        assertThat(shop.order("tea").join()).isEqualTo("no tea");
        assertThat(world.arrived).hasValue(0);
    }

    @Test
    void whatOneServerRefusesAnotherOneTakes() {
        breaker().transitionToOpenState();
        Address closed = world.provider(server -> server.filter(one()));
        Address healthy = world.provider(server -> server);
        RpcClient client = world.client(c -> c.retry(RetryPolicy.DEFAULT), closed, healthy);
        Shop shop = client.proxy(Shop.class);
        for (int i = 0; i < 5; i++) {
            assertThat(shop.buy("tea")).isEqualTo("tea");
        }
        assertThat(world.arrived).hasValue(5);
    }

    @Test
    void namesAreOfTheMethodUnlessChosen() {
        Address provider = world.provider(server -> server);
        Shop byMethod = world.client(c -> c.guard(CircuitBreakerFilter.of(registry)), provider)
                .proxy(Shop.class);
        byMethod.buy("tea");
        Shop byService = world.client(
                        c -> c.guard(CircuitBreakerFilter.of(registry).named(InstanceNames.perService())), provider)
                .proxy(Shop.class);
        byService.buy("tea");
        Shop byNone = world.client(
                        c -> c.guard(CircuitBreakerFilter.of(registry).named(method -> null)), provider)
                .proxy(Shop.class);
        byNone.buy("tea");
        String shop = Shop.class.getName();
        assertThat(registry.getAllCircuitBreakers())
                .extracting(CircuitBreaker::getName)
                .containsExactlyInAnyOrder(shop + " buy(java.lang.String)", shop);
    }

    @Test
    void aChangeOfMindIsNoFailure() {
        assertThatThrownBy(() -> one().counting(Set.of(Code.CANCELLED))).isInstanceOf(IllegalArgumentException.class);
    }
}
