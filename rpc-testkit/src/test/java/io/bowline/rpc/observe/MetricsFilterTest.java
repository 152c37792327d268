package io.bowline.rpc.observe;

import static io.bowline.rpc.observe.Observed.BUY;
import static io.bowline.rpc.observe.Observed.ORDER;
import static io.bowline.rpc.observe.Observed.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.ManualTimer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsFilterTest {
    private final Observed world = new Observed();
    private final MemoryMeters here = MemoryMeters.create();
    private final MemoryMeters there = MemoryMeters.create();

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void bothSidesCountCallsByMethodAndOutcome() {
        RpcServer server = world.server(s -> s.filter(MetricsFilter.server(there)));
        RpcClient client = world.client(c -> c.filter(MetricsFilter.client(here)), server);
        Observed.Shop shop = client.proxy(Observed.Shop.class);
        shop.buy("tea");
        shop.buy("jam");
        assertThatThrownBy(() -> shop.buy("the moon")).hasMessageContaining("SoldOut");

        assertThat(value(here, "rpc.client.calls.started", BUY, "", "count")).isEqualTo(3);
        assertThat(value(here, "rpc.client.call.duration", BUY, "OK", "count")).isEqualTo(2);
        assertThat(value(here, "rpc.client.call.duration", BUY, "APPLICATION", "count"))
                .isEqualTo(1);
        assertThat(value(here, "rpc.client.calls.failed", BUY, "APPLICATION", "count"))
                .isEqualTo(1);
        assertThat(value(here, "rpc.client.call.rate", BUY, "", "count")).isEqualTo(3);
        assertThat(value(here, "rpc.client.call.deadline.used", BUY, "", "count"))
                .isEqualTo(3);
        assertThat(value(here, "rpc.client.active_calls", BUY, "", "value")).isZero();

        assertThat(value(there, "rpc.server.calls.started", BUY, "", "count")).isEqualTo(3);
        assertThat(value(there, "rpc.server.call.duration", BUY, "OK", "count")).isEqualTo(2);
        assertThat(value(there, "rpc.server.calls.failed", BUY, "APPLICATION", "count"))
                .isEqualTo(1);
        assertThat(value(there, "rpc.server.active_calls", BUY, "", "value")).isZero();
    }

    @Test
    void anAsynchronousCallIsUnderWayUntilItEnds() throws Exception {
        RpcServer server = world.server(s -> s.filter(MetricsFilter.server(there)));
        RpcClient client = world.client(c -> c.filter(MetricsFilter.client(here)), server);
        CompletableFuture<String> result = client.proxy(Observed.Shop.class)
                .order("tea")
                .thenApply(answer -> {
                    assertThat(value(here, "rpc.client.active_calls", ORDER, "", "value"))
                            .isZero();
                    return answer;
                });
        CompletableFuture<String> order = world.nextOrder();
        assertThat(value(here, "rpc.client.active_calls", ORDER, "", "value")).isEqualTo(1);
        assertThat(value(there, "rpc.server.active_calls", ORDER, "", "value")).isEqualTo(1);
        order.complete("tea");
        assertThat(result.get()).isEqualTo("tea");
        assertThat(value(there, "rpc.server.call.duration", ORDER, "OK", "count"))
                .isEqualTo(1);
        assertThat(value(there, "rpc.server.active_calls", ORDER, "", "value")).isZero();
    }

    @Test
    void aServerCountsWhatItsLimitsRefuse() throws Exception {
        RpcServer server = world.server(
                s -> s.filter(MetricsFilter.server(there)).concurrencyLimit(ConcurrencyLimitPolicy.fixed(1)));
        RpcClient client = world.client(c -> c.retry(RetryPolicy.NONE), server);
        Observed.Shop shop = client.proxy(Observed.Shop.class);
        CompletableFuture<String> first = shop.order("tea");
        CompletableFuture<String> order = world.nextOrder();
        assertThatThrownBy(() -> shop.order("jam").join())
                .cause()
                .isInstanceOfSatisfying(
                        RpcException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.OVERLOADED));
        order.complete("tea");
        first.join();
        assertThat(value(there, "rpc.server.calls.failed", ORDER, "OVERLOADED", "count"))
                .isEqualTo(1);
        assertThat(value(there, "rpc.server.calls.started", ORDER, "", "count")).isEqualTo(2);
    }

    @Test
    void aServerCountsWhatItRefusesOnTheHeadAlone() throws Exception {
        RpcServer server =
                world.server(s -> s.filter(MetricsFilter.server(there)).maxConcurrentCalls(1));
        RpcClient client = world.client(c -> c.retry(RetryPolicy.NONE), server);
        Observed.Shop shop = client.proxy(Observed.Shop.class);
        CompletableFuture<String> first = shop.order("tea");
        CompletableFuture<String> order = world.nextOrder();
        assertThatThrownBy(() -> shop.buy("jam")).isInstanceOf(RpcException.class);
        order.complete("tea");
        first.join();
        assertThat(value(there, "rpc.server.calls.failed", BUY, "OVERLOADED", "count"))
                .isEqualTo(1);
        assertThat(value(there, "rpc.server.active_calls", BUY, "", "value")).isZero();
    }

    @Test
    void whatAServerDoesNotOfferSharesOneSeries() {
        RpcServer server = world.server(s -> s.filter(MetricsFilter.server(there)));
        RpcClient client = world.client(c -> c.retry(RetryPolicy.NONE), server);
        for (String version : List.of("1", "2")) {
            Observed.Shop other = client.proxy(Observed.Shop.class, o -> o.version(version));
            assertThatThrownBy(() -> other.buy("tea")).isInstanceOf(RpcException.class);
        }
        Reading unknown =
                there.reading("rpc.server.calls.failed", CallNames.labels("_OTHER", "_OTHER", "SERVICE_NOT_FOUND"));
        assertThat(unknown).isNotNull();
        assertThat(unknown.value("count")).isEqualTo(2);
    }

    @Test
    void attemptsAreCountedApartFromCalls() {
        AtomicInteger toRefuse = new AtomicInteger(1);
        Filter refusing = (request, next) -> toRefuse.getAndDecrement() > 0
                ? CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "full"))
                : next.invoke(request);
        RpcServer server = world.server(s -> s.filter(refusing));
        RpcClient client =
                world.client(c -> c.filter(MetricsFilter.client(here)).attempt(AttemptMetricsFilter.of(here)), server);
        assertThat(client.proxy(Observed.Shop.class).buy("tea")).isEqualTo("tea");
        assertThat(value(here, "rpc.client.calls.started", BUY, "", "count")).isEqualTo(1);
        assertThat(value(here, "rpc.client.call.duration", BUY, "OK", "count")).isEqualTo(1);
        assertThat(value(here, "rpc.client.attempts", BUY, "", "count")).isEqualTo(2);
        assertThat(value(here, "rpc.client.attempts.failed", BUY, "OVERLOADED", "count"))
                .isEqualTo(1);
    }

    @Test
    void attemptsThatFindNobodyAreCountedToo() {
        RpcServer server = world.server(s -> s);
        RpcClient client =
                world.client(c -> c.attempt(AttemptMetricsFilter.of(here)).retry(RetryPolicy.NONE), server);
        Observed.Shop shop = client.proxy(Observed.Shop.class);
        shop.buy("tea");
        server.close();
        assertThatThrownBy(() -> shop.buy("tea")).isInstanceOf(RpcException.class);
        assertThat(here.readings())
                .filteredOn(reading -> reading.measure().name().equals("rpc.client.attempts.failed"))
                .singleElement()
                .satisfies(reading -> assertThat(reading.value("count")).isEqualTo(1));
    }

    @Test
    void aServersDurationBeginsWhenTheRequestArrived() {
        ManualTimer timer = new ManualTimer();
        Deadline deadline = Deadline.after(Duration.ofSeconds(4), timer.nanoTime(), "caller");
        timer.advance(Duration.ofSeconds(1)); // in the queue
        Invoker service = request -> {
            timer.advance(Duration.ofSeconds(2));
            return CompletableFuture.completedFuture(Response.of("tea"));
        };
        new MetricsFilter(Side.SERVER, there, MetricsPolicy.DEFAULT, timer)
                .before(service)
                .invoke(request(method("demo.Shop", "find(long)"), deadline));
        assertThat(value(there, "rpc.server.call.duration", "demo.Shop/find", "OK", "sum"))
                .isEqualTo(3);
        assertThat(value(there, "rpc.server.call.deadline.used", "demo.Shop/find", "", "sum"))
                .isEqualTo(0.75);
    }

    @Test
    void methodsBeyondTheBoundShareOneSeries() {
        ManualTimer timer = new ManualTimer();
        MetricsFilter filter = new MetricsFilter(Side.CLIENT, here, MetricsPolicy.DEFAULT.withMaxMethods(2), timer);
        for (int i = 0; i < 5; i++) {
            call(filter, method("demo.Shop", "find" + i + "()"), timer);
        }
        call(filter, generic("whatever/1"), timer);
        assertThat(value(here, "rpc.client.calls.started", "demo.Shop/find1", "", "count"))
                .isEqualTo(1);
        Reading others = here.reading("rpc.client.calls.started", CallNames.labels("_OTHER", "_OTHER"));
        assertThat(others).isNotNull();
        assertThat(others.value("count")).isEqualTo(4);
        assertThat(here.readings())
                .filteredOn(reading -> reading.measure().name().equals("rpc.client.calls.started"))
                .hasSize(3);
    }

    @Test
    void ratesAndDeadlinesMayBeLeftOut() {
        ManualTimer timer = new ManualTimer();
        MetricsPolicy policy = MetricsPolicy.DEFAULT.withRates(false).withDeadlines(false);
        call(new MetricsFilter(Side.CLIENT, here, policy, timer), method("demo.Shop", "find()"), timer);
        assertThat(here.readings())
                .extracting(reading -> reading.measure().name())
                .containsExactly("rpc.client.active_calls", "rpc.client.call.duration", "rpc.client.calls.started");
    }

    @Test
    void metersThatRefuseChangeNoCall() {
        Meters refusing = (Meters) Proxy.newProxyInstance(
                Meters.class.getClassLoader(), new Class<?>[] {Meters.class}, (proxy, method, arguments) -> {
                    throw new IllegalArgumentException("known with other labels");
                });
        RpcServer server = world.server(s -> s.filter(MetricsFilter.server(refusing)));
        RpcClient client = world.client(
                c -> c.filter(MetricsFilter.client(refusing)).attempt(AttemptMetricsFilter.of(refusing)), server);
        assertThat(client.proxy(Observed.Shop.class).buy("tea")).isEqualTo("tea");
        assertThatThrownBy(() -> client.proxy(Observed.Shop.class).buy("the moon"))
                .hasMessageContaining("SoldOut");
    }

    @Test
    void theBoundIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricsPolicy.DEFAULT.withMaxMethods(0))
                .withMessage("maxMethods: 0 (expected: 1 to 100000)");
    }

    private static RpcMethod method(String service, String name) {
        return RpcMethod.builder(ServiceName.of(service), name).build();
    }

    private static RpcMethod generic(String name) {
        return RpcMethod.builder(ServiceName.of("demo.Shop"), name)
                .traits(List.of(RpcMethod.Trait.GENERIC))
                .build();
    }

    private static Request request(RpcMethod method, Deadline deadline) {
        return new Request(method, new Object[0], Metadata.EMPTY, deadline, new Cancellation(), "");
    }

    private static void call(Filter filter, RpcMethod method, ManualTimer timer) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(4), timer.nanoTime(), "caller");
        filter.before(any -> CompletableFuture.completedFuture(Response.of(null)))
                .invoke(request(method, deadline));
    }
}
