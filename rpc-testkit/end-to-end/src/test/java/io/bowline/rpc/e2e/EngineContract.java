package io.bowline.rpc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.wire.Serializer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every transport and every serializer: the life of a call from a proxy to a service and back. */
abstract class EngineContract implements OverTransport {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    final ShopService service = new ShopService();
    RpcServer server;
    RpcClient client;
    Shop shop;

    abstract Serializer serializer();

    static Address localName() {
        return new Address("e2e-" + NAMES.incrementAndGet(), 0);
    }

    @BeforeEach
    void start() {
        server = keep(server().service(Shop.class, service).start());
        client = keep(client().build());
        shop = client.proxy(Shop.class);
    }

    @AfterEach
    void stop() throws Exception {
        service.gates.values().forEach(java.util.concurrent.CountDownLatch::countDown);
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    RpcServerBuilder server() {
        return RpcServer.builder()
                .listen(free())
                .application("shop")
                .drainGrace(Duration.ofSeconds(2))
                .transport(keep(transport()))
                .serializer(serializer());
    }

    RpcClientBuilder client() {
        return RpcClient.builder()
                .addresses(server.address())
                .transport(keep(transport()))
                .serializer(serializer());
    }

    static Item item(String name) {
        return new Item(1, name, new BigDecimal("12.50"), List.of("a", "b"), Optional.of("note"));
    }

    @Test
    void overloadsAreToldApart() {
        assertThat(shop.add(1, 2)).isEqualTo(3);
        assertThat(shop.add(1L, 2L)).isEqualTo(1_003);
        assertThat(shop.echo("text")).isEqualTo("text");
        assertThat(shop.echo(new byte[] {1, 2})).containsExactly(1, 2);
        assertThat(shop.echo((String) null)).isNull();
    }

    @Test
    void inheritedGenericMethodsCarryTheirResolvedTypes() throws Exception {
        assertThat(shop.save(item("x"))).isEqualTo(item("x"));
        assertThat(shop.load(5L).get().name()).isEqualTo("item 5");
        Crud<Item, Long> narrow = shop;
        assertThat(narrow.save(item("bridge"))).isEqualTo(item("bridge"));
    }

    @Test
    void valuesArriveAsTheyWere() throws Exception {
        Shop.Order order =
                new Shop.Order(List.of(item("a"), item("b")), Map.of(3, Instant.ofEpochSecond(9, 7)), Shop.State.PAID);
        assertThat(shop.order(order)).isEqualTo(order);
        assertThat(shop.search(Map.of("k", List.of(1, 2))).toCompletableFuture().get())
                .isEmpty();
    }

    @Test
    void defaultMethodsTravelAndObjectMethodsDoNot() {
        assertThat(shop.greeting("you")).isEqualTo("default hello you");
        assertThat(shop.toString()).isEqualTo("Shop proxy of io.bowline.rpc.e2e.Shop");
        assertThat(shop).isEqualTo(shop).isNotEqualTo(client.proxy(Shop.class));
        assertThat(shop.hashCode()).isEqualTo(System.identityHashCode(shop));
    }

    @Test
    void oneWayCallsArriveWithoutAnAnswer() {
        shop.ping("one");
        await().untilAsserted(() -> assertThat(service.seen).contains("ping one"));
    }

    @Test
    void whatBecomesOfAOneWayCallConcernsNobodyOnceItIsSent() {
        shop.ping("broken");
        await().untilAsserted(() -> assertThat(service.seen).contains("ping broken"));
        assertThat(shop.echo("next")).isEqualTo("next");
        server.close();
        assertThatThrownBy(() -> shop.ping("lost"))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        failure -> assertThat(failure.unprocessed()).isTrue());
    }

    @Test
    void declaredExceptionsArriveAsThemselvesWithTheirFields() {
        Shop.OutOfStock thrown = catchThrowableOfType(Shop.OutOfStock.class, () -> shop.fail("declared"));
        assertThat(thrown).hasMessage("item 7 is out of stock, wanted 3");
        assertThat(thrown.item()).isEqualTo(7);
        assertThat(thrown.local()).isNull();
        assertThat(thrown.getStackTrace()[0].getMethodName()).isEqualTo("fail");
        assertThat(thrown.getStackTrace())
                .as("the caller's frames stand below the provider's")
                .anyMatch(frame -> frame.getClassName().equals(EngineContract.class.getName()));
    }

    @Test
    void exceptionsOfTheJdkArriveAsThemselvesWithTheirCauses() {
        assertThatThrownBy(() -> shop.fail("common"))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such thing")
                .hasCauseExactlyInstanceOf(Shop.OutOfStock.class);
    }

    @Test
    void unknownExceptionsKeepNameMessageStackAndCausesAsText() {
        RpcException failure = catchThrowableOfType(RpcException.class, () -> shop.fail("unknown"));
        assertThat(failure.code()).isEqualTo(Code.APPLICATION);
        assertThat(failure.unprocessed()).isFalse();
        assertThat(failure).hasMessageContaining("inner trouble");
        assertThat(failure.remote().type()).isEqualTo(ShopService.Unknown.class.getName());
        assertThat(failure.remote().node()).isEqualTo("shop");
        assertThat(failure.remote().stack().get(0)).contains("ShopService.fail");
        assertThat(failure.remote().cause().cause().headline()).isEqualTo("java.io.IOException: disk");
    }

    @Test
    void asynchronousFailuresArriveInTheFuture() {
        assertThatThrownBy(() -> shop.failLater("x").get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("later: x");
    }

    @Test
    void whatIsAttachedToAFutureNeverRunsOnAnIoThread() throws Exception {
        AtomicReference<String> thread = new AtomicReference<>();
        shop.load(1L)
                .thenAccept(item -> thread.set(Thread.currentThread().getName()))
                .get();
        assertThat(thread.get()).doesNotContain("-io");
    }

    @Test
    void aCallEndsAtItsDeadlineAndNamesTheLimitAndItsOrigin() {
        Shop hurried = client.proxy(Shop.class, o -> o.timeout(Duration.ofMillis(600)));
        long begin = System.nanoTime();
        RpcException failure = catchThrowableOfType(RpcException.class, () -> hurried.hold("late"));
        assertThat(System.nanoTime() - begin).as("never early").isGreaterThanOrEqualTo(600_000_000L);
        assertThat(failure.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(failure.unprocessed()).isFalse();
        assertThat(failure).hasMessageContaining("600 ms").hasMessageContaining("reference");
    }

    @Test
    void aDeadlineThatPassesCancelsTheHandler() {
        Shop hurried = client.proxy(Shop.class, o -> o.method("hold", m -> m.timeout(Duration.ofSeconds(1))));
        assertThatThrownBy(() -> hurried.hold("gone")).hasMessageContaining("method hold");
        await().untilAsserted(
                        () -> assertThat(service.held.get("gone").isCancelled()).isTrue());
        await().untilAsserted(() -> assertThat(service.seen).contains("end gone"));
    }

    @Test
    void interruptingTheCallerCancelsTheCall() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                shop.hold("interrupted");
            } catch (RpcException failure) {
                thrown.set(failure);
            }
        });
        caller.start();
        await().until(() -> service.held.containsKey("interrupted"));
        caller.interrupt();
        caller.join(5_000);
        assertThat(thrown.get()).isInstanceOf(RpcException.class).hasMessageContaining("RPC-CANCELLED");
        await().untilAsserted(() ->
                assertThat(service.held.get("interrupted").isCancelled()).isTrue());
    }

    interface Relay {
        String relay(String id);

        CompletableFuture<String> deadlineLeft();
    }

    @Test
    void nestedCallsInheritDeadlineAndCancellationButNoLabels() throws Exception {
        Relay relay = new Relay() {
            @Override
            public String relay(String id) {
                assertThat(CallContext.current().incoming().get("who")).isEqualTo("tester");
                return shop.hold(id);
            }

            @Override
            public CompletableFuture<String> deadlineLeft() {
                Deadline deadline = CallContext.current().deadline();
                return CompletableFuture.completedFuture(
                        String.valueOf(deadline.remainingNanos(System.nanoTime()) / 1_000_000));
            }
        };
        RpcServer second = keep(server().service(Relay.class, relay).start());
        RpcClient relayClient = keep(RpcClient.builder()
                .addresses(second.address())
                .transport(keep(transport()))
                .serializer(serializer())
                .build());
        Relay proxy = relayClient.proxy(Relay.class, o -> o.timeout(Duration.ofMillis(700)));
        assertThat(Integer.parseInt(proxy.deadlineLeft().get())).isBetween(1, 700);
        CallContext labelled = CallContext.NONE.sending("who", "tester");
        assertThatThrownBy(() -> labelled.run(() -> proxy.relay("nested"))).isInstanceOf(RpcException.class);
        await().untilAsserted(() ->
                assertThat(service.held.get("nested").isCancelled()).isTrue());
    }

    @Test
    void aCallWhoseTimeIsSpentIsNotSent() {
        Deadline past = Deadline.after(Duration.ofMillis(5), System.nanoTime() - 50_000_000, "caller");
        CallContext spent = new CallContext(Metadata.EMPTY, Metadata.EMPTY, past, null, "");
        RpcException failure = catchThrowableOfType(RpcException.class, () -> spent.run(() -> shop.echo("never")));
        assertThat(failure.code()).isEqualTo(Code.BUDGET_SPENT);
        assertThat(failure.unprocessed()).isTrue();
        assertThat(service.seen).doesNotContain("echo");
    }

    @Test
    void cancellingTheOuterCallCancelsTheNestedOne() {
        Cancellation outer = new Cancellation();
        CallContext context = new CallContext(Metadata.EMPTY, Metadata.EMPTY, null, outer, "");
        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> context.run(() -> shop.hold("outer")));
        await().until(() -> service.held.containsKey("outer"));
        outer.cancel();
        assertThatThrownBy(() -> caller.get(5, TimeUnit.SECONDS)).hasMessageContaining("RPC-CANCELLED");
        await().untilAsserted(() ->
                assertThat(service.held.get("outer").isCancelled()).isTrue());
    }

    @Test
    void cancellingAFutureCancelsTheHandler() {
        CompletableFuture<String> future = shop.holdLater("future");
        await().until(() -> service.held.containsKey("future"));
        assertThat(future.cancel(true)).isTrue();
        await().untilAsserted(() ->
                assertThat(service.held.get("future").isCancelled()).isTrue());
        assertThat(future).isCancelled();
    }

    interface Version {
        String version();
    }

    @Test
    void versionsAndGroupsStandSideBySide() {
        RpcServer versions = keep(server().service(Version.class, () -> "one", "1", "")
                .service(Version.class, () -> "two", "2", "")
                .service(Version.class, () -> "blue two", "2", "blue")
                .start());
        RpcClient versionClient = keep(RpcClient.builder()
                .addresses(versions.address())
                .transport(keep(transport()))
                .serializer(serializer())
                .build());
        assertThat(versionClient.proxy(Version.class, o -> o.version("1")).version())
                .isEqualTo("one");
        assertThat(versionClient.proxy(Version.class, o -> o.version("2")).version())
                .isEqualTo("two");
        assertThat(versionClient
                        .proxy(Version.class, o -> o.version("2").group("blue"))
                        .version())
                .isEqualTo("blue two");
        RpcException missing = catchThrowableOfType(
                RpcException.class,
                () -> versionClient.proxy(Version.class, o -> o.version("3")).version());
        assertThat(missing.code()).isEqualTo(Code.SERVICE_NOT_FOUND);
        assertThat(missing.unprocessed()).isTrue();
        assertThat(missing).hasMessageContaining("Version:1").hasMessageContaining("blue/");
    }

    @Test
    void genericCallsNeedNoInterface() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("id", 3);
        value.put("name", "generic");
        value.put("price", 2.5);
        value.put("tags", List.of("t"));
        value.put("note", null);
        RpcServer open = keep(RpcServer.builder()
                .listen(free())
                .transport(keep(transport()))
                .service(Shop.class, service)
                .start());
        RpcClient plain = keep(RpcClient.builder()
                .addresses(open.address())
                .transport(keep(transport()))
                .build());
        Object saved = plain.generic(Shop.class.getName()).call("save", value);
        assertThat(saved)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("name", "generic")
                .containsEntry("id", 3);
        assertThat(plain.generic(Shop.class.getName()).call("add(int,int)", 2, 3))
                .isEqualTo(5);
        assertThatThrownBy(() -> plain.generic(Shop.class.getName()).call("addd", 2, 3))
                .hasMessageContaining("RPC-METHOD-NOT-FOUND")
                .hasMessageContaining("did you mean add(int,int) or add(long,long)?");
        assertThatThrownBy(() -> plain.generic(Shop.class.getName()).call("fail", "unknown"))
                .hasMessageContaining("inner trouble");
    }

    @Test
    void aRegistryWithoutProvidersIsExplained() {
        InMemoryRegistry registry = InMemoryRegistry.create();
        RpcServer registered =
                keep(server().registry(registry).service(Shop.class, service).start());
        assertThat(registered.address()).isNotNull();
        RpcClient lonely = keep(RpcClient.builder()
                .registry(registry)
                .transport(keep(transport()))
                .serializer(serializer())
                .build());
        RpcException none = catchThrowableOfType(
                RpcException.class, () -> lonely.proxy(Version.class).version());
        assertThat(none.code()).isEqualTo(Code.NO_PROVIDER);
        assertThat(none.unprocessed()).isTrue();
        assertThat(none).hasMessageContaining("memory").hasMessageContaining("last answered");
        assertThat(lonely.proxy(Shop.class).add(1, 1)).isEqualTo(2);
        assertThatThrownBy(() -> lonely.proxy(Shop.class, o -> o.version("9")).add(1, 1))
                .hasMessageContaining("RPC-NO-PROVIDER")
                .hasMessageContaining("offers it only as io.bowline.rpc.e2e.Shop");
    }

    @Test
    void aConsumerThatCameFirstWorksAsSoonAsAProviderAppears() {
        InMemoryRegistry registry = InMemoryRegistry.create();
        RpcClient early = keep(RpcClient.builder()
                .registry(registry)
                .transport(keep(transport()))
                .serializer(serializer())
                .build());
        Shop proxy = early.proxy(Shop.class);
        assertThatThrownBy(() -> proxy.add(1, 1)).hasMessageContaining("RPC-NO-PROVIDER");
        keep(server().registry(registry).service(Shop.class, service).start());
        await().untilAsserted(() -> assertThat(proxy.add(1, 1)).isEqualTo(2));
    }

    @Test
    void drainingOneOfTwoProvidersFailsNoCall() throws Exception {
        InMemoryRegistry registry = InMemoryRegistry.create();
        RpcServer first =
                keep(server().registry(registry).service(Shop.class, service).start());
        keep(server().registry(registry).service(Shop.class, new ShopService()).start());
        RpcClient many = keep(RpcClient.builder()
                .registry(registry)
                .transport(keep(transport()))
                .serializer(serializer())
                .retry(io.bowline.rpc.filter.RetryPolicy.NONE)
                .build());
        Shop proxy = many.proxy(Shop.class);
        List<CompletableFuture<Integer>> callers = new java.util.ArrayList<>();
        java.util.concurrent.atomic.AtomicBoolean on = new java.util.concurrent.atomic.AtomicBoolean(true);
        for (int i = 0; i < 4; i++) {
            callers.add(CompletableFuture.supplyAsync(
                    () -> {
                        int calls = 0;
                        while (on.get()) {
                            assertThat(proxy.add(calls, 1)).isEqualTo(calls + 1);
                            calls++;
                        }
                        return calls;
                    },
                    task -> new Thread(task).start()));
        }
        await().until(() -> proxy.add(1, 1) == 2);
        first.close();
        on.set(false);
        int total = 0;
        for (CompletableFuture<Integer> caller : callers) {
            total += caller.get(10, TimeUnit.SECONDS);
        }
        assertThat(total).isPositive();
    }
}
