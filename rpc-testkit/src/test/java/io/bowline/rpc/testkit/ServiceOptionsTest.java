package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.server.RegisteredInstance;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.Transport;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a service says of itself when it is offered, and what of it reaches its callers. */
@Timeout(60)
class ServiceOptionsTest {
    /** A contract. */
    public interface Desk {
        String thread(String name);

        CompletableFuture<String> hold(String name);

        String hold(String name, String other);
    }

    /** Another contract. */
    public interface Shelf {
        String take(String name);
    }

    /** Says of itself that it never blocks. */
    @NonBlocking
    private static class Quick implements Desk {
        private final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public String thread(String name) {
            return Thread.currentThread().getName();
        }

        @Override
        public CompletableFuture<String> hold(String name) {
            return end;
        }

        @Override
        public String hold(String name, String other) {
            return name + other;
        }
    }

    private final Counted transport = new Counted(new LocalTransport());
    private final InMemoryRegistry registry = InMemoryRegistry.create();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        transport.close();
        registry.close();
    }

    @Test
    void aServiceOfItsOwnWeightIsRegisteredApartAndSharesTheConnections() {
        RpcServer server = start(builder -> builder.label("zone", "eu-1")
                .label("tag", "blue")
                .service(Desk.class, new Quick())
                .service(Shelf.class, name -> "one " + name, options -> options.version("1"))
                .service(
                        Shelf.class,
                        name -> "two " + name,
                        options -> options.version("2").weight(7).label("tag", "green")));

        assertThat(server.registrations())
                .extracting(RegisteredInstance::instance)
                .satisfiesExactly(
                        most -> {
                            assertThat(most.services())
                                    .extracting(Object::toString)
                                    .containsExactly(Desk.class.getName(), Shelf.class.getName() + ":1");
                            assertThat(most.weight()).isEqualTo(100);
                            assertThat(most.labels()).isEqualTo(Map.of("zone", "eu-1", "tag", "blue"));
                        },
                        apart -> {
                            assertThat(apart.services())
                                    .extracting(Object::toString)
                                    .containsExactly(Shelf.class.getName() + ":2");
                            assertThat(apart.weight()).isEqualTo(7);
                            assertThat(apart.labels()).isEqualTo(Map.of("zone", "eu-1", "tag", "green"));
                            assertThat(apart.address()).isEqualTo(server.address());
                        });
        RpcClient client = client();
        assertThat(client.proxy(Desk.class).hold("a", "b")).isEqualTo("ab");
        assertThat(client.proxy(Shelf.class, o -> o.version("1")).take("x")).isEqualTo("one x");
        assertThat(client.proxy(Shelf.class, o -> o.version("2")).take("x")).isEqualTo("two x");
        assertThat(transport.connects).hasValue(1);
    }

    @Test
    void aServiceOfWeightZeroTakesNoCallsWhileTheOthersDo() {
        start(builder -> builder.service(Desk.class, new Quick())
                .service(Shelf.class, name -> name, options -> options.weight(0)));
        RpcClient client = client();

        assertThat(client.proxy(Desk.class).hold("a", "b")).isEqualTo("ab");
        Shelf shelf = client.proxy(Shelf.class);
        assertThatThrownBy(() -> shelf.take("x"))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.unprocessed()).isTrue())
                .hasMessageContaining("weight");
    }

    @Test
    void theInnermostScopeSaysWhatRunsAMethod() {
        start(builder -> builder.executor(named("server"))
                .service(Desk.class, new Quick(), o -> o.version("annotated"))
                .service(Desk.class, new Quick(), o -> o.version("blocking").nonBlocking(false))
                .service(Desk.class, new Quick(), o -> o.version("service").executor(named("service")))
                .service(
                        Desk.class,
                        new Quick(),
                        o -> o.version("name")
                                .executor(named("service"))
                                .method("thread", m -> m.executor(named("name"))))
                .service(
                        Desk.class,
                        new Quick(),
                        o -> o.version("overload")
                                .executor(named("service"))
                                .method("thread(java.lang.String)", m -> m.executor(named("overload")))
                                .method("thread", m -> m.executor(named("name"))))
                .service(
                        Desk.class,
                        new Quick(),
                        o -> o.version("io").executor(named("service")).method("thread", m -> m.nonBlocking(true))));

        assertThat(thread("annotated")).startsWith("bowline-local-io");
        assertThat(thread("blocking")).isEqualTo("server");
        assertThat(thread("service")).isEqualTo("service");
        assertThat(thread("name")).isEqualTo("name");
        assertThat(thread("overload")).isEqualTo("overload");
        assertThat(thread("io")).startsWith("bowline-local-io");
    }

    private String thread(String version) {
        return client().proxy(Desk.class, options -> options.version(version)).thread("");
    }

    @Test
    void theClassBehindAProxyCountsWhereItIsTold() {
        Quick quick = new Quick();
        Desk proxy = (Desk) Proxy.newProxyInstance(
                Desk.class.getClassLoader(),
                new Class<?>[] {Desk.class},
                (self, method, arguments) -> method.invoke(quick, arguments));
        RpcServer server = start(builder -> builder.executor(named("server"))
                .service(Desk.class, proxy, o -> o.version("bare"))
                .service(Desk.class, proxy, o -> o.version("told").implementation(Quick.class)));

        assertThat(thread("bare")).isEqualTo("server");
        assertThat(thread("told")).startsWith("bowline-local-io");
        assertThat(server.services().get(1).implementation()).isEqualTo(Quick.class.getName());
        assertThatThrownBy(() ->
                        start(builder -> builder.service(Desk.class, proxy, o -> o.implementation(String.class))))
                .hasMessageContaining("java.lang.String (expected: a class that implements " + Desk.class.getName());
    }

    @Test
    void whatAMethodsExecutorRejectsIsRefusedUnbegun() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        RpcServer server = start(builder -> builder.service(
                Desk.class, new Quick(), options -> options.method("thread", method -> method.executor(full))));
        Desk desk = client().proxy(Desk.class, options -> options.strategy(CallStrategy.failfast()));

        assertThatThrownBy(() -> desk.thread("")).isInstanceOfSatisfying(RpcException.class, e -> {
            assertThat(e.code()).isEqualTo(Code.OVERLOADED);
            assertThat(e.unprocessed()).isTrue();
        });
        assertThat(desk.hold("a", "b")).isEqualTo("ab");
        assertThat(server.running()).isZero();
    }

    @Test
    void limitsOfAMethodStandAboveThoseOfItsServiceAndThoseAboveTheServers() {
        start(builder -> builder.concurrencyLimit(ConcurrencyLimitPolicy.fixed(50))
                .service(Desk.class, new Quick(), o -> o.version("server"))
                .service(
                        Desk.class,
                        new Quick(),
                        o -> o.version("service").concurrencyLimit(ConcurrencyLimitPolicy.fixed(3)))
                .service(
                        Desk.class,
                        new Quick(),
                        o -> o.version("method")
                                .concurrencyLimit(ConcurrencyLimitPolicy.fixed(3))
                                .method("hold", m -> m.concurrencyLimit(ConcurrencyLimitPolicy.fixed(2))))
                .service(
                        Desk.class,
                        new Quick(),
                        o -> o.version("bulkhead")
                                .bulkhead(ConcurrencyLimitPolicy.fixed(4))
                                .method("hold(java.lang.String)", m -> m.concurrencyLimit(ConcurrencyLimitPolicy.OFF)))
                .service(Desk.class, new Quick(), o -> o.version("rate").rateLimit(new RateLimitPolicy(0.001, 1))));

        assertThat(refusalAfter("server", 50)).contains("limit (server) of 50 calls at once");
        assertThat(refusalAfter("service", 3)).contains("limit (service) of 3 calls at once");
        assertThat(refusalAfter("method", 2)).contains("limit (method hold) of 2 calls at once");
        assertThat(refusalAfter("bulkhead", 4)).contains("limit (service) of 4 calls at once of the bulkhead");
        assertThat(refusalAfter("rate", 1)).contains("rate limit (service)");
    }

    /** The failure of the one call of which there is one too many under way. */
    private String refusalAfter(String version, int calls) {
        Desk desk = client().proxy(Desk.class, o -> o.version(version).strategy(CallStrategy.failfast()));
        List<CompletableFuture<String>> held = new ArrayList<>();
        for (int i = 0; i <= calls; i++) {
            held.add(desk.hold(""));
        }
        await().until(() -> held.stream().anyMatch(CompletableFuture::isDone));
        List<Throwable> failures = held.stream()
                .filter(CompletableFuture::isDone)
                .map(call -> call.handle((done, thrown) -> thrown).join())
                .toList();
        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.OVERLOADED));
        return String.valueOf(failures.get(0).getMessage());
    }

    @Test
    void aMethodThatTheContractDoesNotHaveFailsTheStart() {
        assertThatThrownBy(() -> start(builder ->
                        builder.service(Desk.class, new Quick(), o -> o.method("treahd", m -> m.nonBlocking(true)))))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                .hasMessageContaining("treahd, which it does not have")
                .hasMessageContaining("Did you mean thread?");
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatThrownBy(() -> start(builder -> builder.service(
                        Desk.class, new Quick(), o -> o.nonBlocking(true).executor(Runnable::run))))
                .hasMessageContaining("an executor for what is non-blocking");
        assertThatThrownBy(() -> start(builder -> builder.service(Desk.class, new Quick(), o -> o.weight(10_001))))
                .hasMessageContaining("weight: 10001 (expected: 0 to 10000)");
    }

    private RpcServer start(UnaryOperator<RpcServerBuilder> services) {
        RpcServer server = services.apply(RpcServer.builder()
                        .transport(transport)
                        .serializer(new TextSerializer())
                        .listen(new Address("service-options", 0))
                        .drainGrace(Duration.ZERO)
                        .registry(registry))
                .start();
        opened.push(server);
        return server;
    }

    private RpcClient client() {
        RpcClient client = RpcClient.builder()
                .transport(transport)
                .serializer(new TextSerializer())
                .registry(registry)
                .timeout(Duration.ofSeconds(30))
                .build();
        opened.push(client);
        return client;
    }

    /** Runs each task on a thread of this name. */
    private static Executor named(String name) {
        return task -> new Thread(task, name).start();
    }

    private record Counted(Transport within, AtomicInteger connects) implements Transport {
        Counted(Transport within) {
            this(within, new AtomicInteger());
        }

        @Override
        public String name() {
            return within.name();
        }

        @Override
        public CompletionStage<Connection> connect(Address address) {
            connects.incrementAndGet();
            return within.connect(address);
        }

        @Override
        public CompletionStage<Binding> bind(Address address, Receiver receiver) {
            return within.bind(address, receiver);
        }

        @Override
        public void close() {
            within.close();
        }
    }
}
