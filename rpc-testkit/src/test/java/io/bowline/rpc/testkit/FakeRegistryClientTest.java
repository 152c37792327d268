package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client whose registry is driven by hand. */
@Timeout(60)
class FakeRegistryClientTest {
    private static final String SERVICE = Echo.class.getName();

    private final FakeRegistry registry = new FakeRegistry();
    private final LocalTransport local = new LocalTransport();
    private final FlakyTransport transport = FlakyTransport.over(local);
    private RpcServer one;
    private RpcServer two;
    private RpcClient client;

    @BeforeEach
    void start() {
        one = server("one");
        two = server("two");
        client = client(transport);
    }

    @AfterEach
    void close() {
        client.close();
        one.close();
        two.close();
        local.close();
    }

    @Test
    void callsThatWaitGoOnWhenTheFirstProviderIsPushed() throws Exception {
        Echo echo = client.proxy(Echo.class);
        CompletableFuture<?> calls = CompletableFuture.allOf(
                IntStream.range(0, 20).mapToObj(i -> echo.echo("hello " + i)).toArray(CompletableFuture[]::new));
        assertThat(calls).isNotDone();
        registry.pushAddresses(SERVICE, one.address());
        calls.get(30, TimeUnit.SECONDS);
    }

    @Test
    void callsThatWaitGoOnWhenTheFirstConnectionIsThereAtOnce() throws Exception {
        try (RpcClient hasty = client(new HastyTransport(local))) {
            CompletableFuture<String> waiting = hasty.proxy(Echo.class).echo("hi");
            registry.pushAddresses(SERVICE, one.address());
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("one: hi");
        }
    }

    @Test
    void callsWorkAmongJunkInstances() throws Exception {
        Echo echo = client.proxy(Echo.class);
        registry.pushJunk(SERVICE, Instance.at(one.address()));
        for (int i = 0; i < 20; i++) {
            assertThat(call(echo)).isEqualTo("one: hi");
        }
    }

    @Test
    void callsGoOnWhileTheRegistryIsAwayAndFollowItWhenItIsBack() throws Exception {
        Echo echo = client.proxy(Echo.class);
        registry.pushAddresses(SERVICE, one.address());
        assertThat(call(echo)).isEqualTo("one: hi");
        registry.unreachable();
        registry.pushAddresses(SERVICE, two.address());
        assertThat(call(echo)).isEqualTo("one: hi");
        registry.reachable();
        assertThat(call(echo)).isEqualTo("two: hi");
    }

    @Test
    void callsGoOnOverNewConnectionsAfterAllAreCut() throws Exception {
        Echo echo = client.proxy(Echo.class);
        registry.pushAddresses(SERVICE, one.address(), two.address());
        assertThat(call(echo)).endsWith(": hi");
        transport.cut();
        await().until(() -> transport.connections() == 2);
        assertThat(call(echo)).endsWith(": hi");
        assertThat(transport.connects()).isGreaterThanOrEqualTo(4);
    }

    private static String call(Echo echo) throws Exception {
        return echo.echo("hi").get(30, TimeUnit.SECONDS);
    }

    private RpcClient client(Transport over) {
        return RpcClient.builder()
                .registry(registry)
                .transport(over)
                .serializer(new TextSerializer())
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    private RpcServer server(String name) {
        return RpcServer.builder()
                .listen(new Address(name, 0))
                .transport(local)
                .serializer(new TextSerializer())
                .service(Echo.class, text -> CompletableFuture.completedFuture(name + ": " + text))
                .start();
    }

    /** Connects before it answers: who asked is told on the asking thread. */
    private record HastyTransport(Transport transport) implements Transport {
        @Override
        public CompletionStage<Connection> connect(Address address) {
            CompletableFuture<Connection> connecting =
                    transport.connect(address).toCompletableFuture();
            connecting.join();
            return connecting;
        }

        @Override
        public CompletionStage<Binding> bind(Address address, Receiver receiver) {
            return transport.bind(address, receiver);
        }

        @Override
        public String name() {
            return transport.name();
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    /** The contract of this test. */
    public interface Echo {
        CompletableFuture<String> echo(String text);
    }
}
