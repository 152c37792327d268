package io.bowline.rpc.resilience4j;

import static io.bowline.rpc.resilience4j.World.code;
import static io.bowline.rpc.resilience4j.World.join;
import static io.bowline.rpc.resilience4j.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.resilience4j.World.Shop;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real rate limiters and bulkheads between a real client and real providers. */
class LimitFiltersTest {
    private static final RateLimiterConfig ONE_AN_HOUR = RateLimiterConfig.custom()
            .limitForPeriod(1)
            .limitRefreshPeriod(Duration.ofHours(1))
            .timeoutDuration(Duration.ZERO)
            .build();

    private final World world = new World();
    private final RateLimiter limiter = RateLimiter.of("hourly", ONE_AN_HOUR);
    private final Bulkhead bulkhead =
            Bulkhead.of("narrow", BulkheadConfig.custom().maxConcurrentCalls(1).build());

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private Shop shop(String side, Filter filter) {
        return side.equals("client") ? world.behind(filter) : world.inFrontOf(filter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void whatIsOverTheRateIsRefused(String side) {
        Shop shop = shop(side, RateLimiterFilter.of(limiter));
        assertThat(shop.buy("tea")).isEqualTo("tea");
        assertThat(refused(() -> shop.buy("tea")))
                .hasMessageContaining("rate limiter 'hourly', 1 calls in 3600000 ms (resilience4j)");
        refused(() -> join(shop.order("tea")));
        assertThat(world.arrived).hasValue(1);
    }

    @Test
    void aRegistryHasALimiterForEachMethod() throws InterruptedException {
        Shop shop = world.behind(RateLimiterFilter.of(RateLimiterRegistry.of(ONE_AN_HOUR)));
        shop.buy("tea");
        refused(() -> shop.buy("tea"));
        CompletableFuture<String> order = shop.order("tea");
        world.order().complete("tea");
        assertThat(order.join()).isEqualTo("tea");
    }

    @Test
    void aLimiterThatWouldWaitIsNotAsked() {
        Shop shop = world.behind(RateLimiterFilter.of(limiter));
        limiter.changeTimeoutDuration(Duration.ofHours(2));
        assertThat(code(() -> shop.buy("tea"))).isEqualTo(Code.INVALID_CONFIGURATION);
        limiter.changeTimeoutDuration(Duration.ZERO);
        assertThat(shop.buy("tea")).isEqualTo("tea");
    }

    @Test
    void aLimiterHearsOfResults() {
        RateLimiter drained = RateLimiter.of(
                "drained",
                RateLimiterConfig.from(ONE_AN_HOUR)
                        .limitForPeriod(100)
                        .drainPermissionsOnResult(Either::isLeft)
                        .build());
        Shop shop = world.behind(RateLimiterFilter.of(drained));
        shop.buy("tea");
        world.trouble = Code.OVERLOADED;
        assertThat(code(() -> shop.buy("tea"))).isEqualTo(Code.OVERLOADED);
        world.trouble = null;
        refused(() -> shop.buy("tea"));
        assertThat(world.arrived).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aBulkheadRefusesWhileACallRunsAndHasRoomAgainAfterSuccessAndFailure(String side) throws Exception {
        Shop shop = shop(side, BulkheadFilter.of(bulkhead));
        CompletableFuture<String> good = shop.order("tea");
        CompletableFuture<String> running = world.order();
        assertThat(refused(() -> shop.buy("tea"))).hasMessageContaining("bulkhead 'narrow', 1 calls at once");
        refused(() -> join(shop.order("tea")));
        assertThat(world.arrived).hasValue(1);
        running.complete("tea");
        assertThat(good.join()).isEqualTo("tea");

        CompletableFuture<String> bad = shop.order("tea");
        world.order().completeExceptionally(new IllegalStateException("no tea"));
        assertThatThrownBy(bad::join).hasRootCauseMessage("no tea");

        assertThatThrownBy(() -> shop.buy("the moon")).hasMessageContaining("SoldOut");
        assertThat(shop.buy("tea")).isEqualTo("tea");
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
    }

    @Test
    void aCallThatItsCallerGaveUpLeavesTheBulkheadAtOnce() throws InterruptedException {
        Shop shop = world.behind(BulkheadFilter.of(BulkheadRegistry.of(bulkhead.getBulkheadConfig())));
        CompletableFuture<String> order = shop.order("tea");
        CompletableFuture<String> running = world.order();
        refused(() -> join(shop.order("tea")));
        order.cancel(true);
        CompletableFuture<String> next = shop.order("tea");
        CompletableFuture<String> nextRunning = world.order();
        running.complete("too late");
        refused(() -> join(shop.order("tea")));
        nextRunning.complete("tea");
        assertThat(next.join()).isEqualTo("tea");
    }

    @Test
    void onAServerTooACallThatItsCallerGaveUpLeaves() throws InterruptedException {
        Shop shop = world.inFrontOf(BulkheadFilter.of(bulkhead));
        CompletableFuture<String> order = shop.order("tea");
        world.order();
        order.cancel(true);
        await().until(() -> bulkhead.getMetrics().getAvailableConcurrentCalls() == 1);
        assertThat(shop.buy("tea")).isEqualTo("tea");
    }

    @Test
    void aBulkheadThatWouldWaitIsNotAsked() {
        bulkhead.changeConfig(BulkheadConfig.custom()
                .maxConcurrentCalls(1)
                .maxWaitDuration(Duration.ofHours(1))
                .build());
        Shop shop = world.behind(BulkheadFilter.of(bulkhead));
        assertThat(code(() -> shop.buy("tea"))).isEqualTo(Code.INVALID_CONFIGURATION);
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
    }
}
