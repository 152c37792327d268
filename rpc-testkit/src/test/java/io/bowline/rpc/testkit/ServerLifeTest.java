package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.discovery.StaticRegistry;
import io.bowline.rpc.server.OfferedService;
import io.bowline.rpc.server.RegisteredInstance;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server tells of itself, from its start to its end. */
@Timeout(60)
class ServerLifeTest {
    /** The contract. */
    public interface Desk {
        CompletableFuture<String> hold(String name);
    }

    private final LocalTransport transport = new LocalTransport();
    private final FakeRegistry registry = new FakeRegistry();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    @AfterEach
    void close() {
        transport.close();
    }

    private RpcServerBuilder server() {
        return RpcServer.builder()
                .transport(transport)
                .serializer(new TextSerializer())
                .listen(new Address("server-life", 0))
                .application("shop")
                .service(
                        Desk.class, name -> end, options -> options.version("1").label("tag", "blue"))
                .registry(registry);
    }

    @Test
    void tellsWhatItOffersAndWhereItIsRegistered() {
        registry.unreachable();
        try (RpcServer server = server().weight(50).start()) {
            List<OfferedService> services = server.services();
            assertThat(services).singleElement().satisfies(service -> {
                assertThat(service.name()).hasToString(Desk.class.getName() + ":1");
                assertThat(service.implementation()).startsWith(ServerLifeTest.class.getName() + "$$Lambda");
                assertThat(service.methods()).containsExactly("hold(java.lang.String)");
                assertThat(service.weight()).isEqualTo(50);
                assertThat(service.labels()).isEqualTo(Map.of("tag", "blue"));
            });

            RegisteredInstance before = only(server);
            assertThat(before.registry()).isEqualTo("fake://test");
            assertThat(before.reason()).isEqualTo("the address it listens on");
            assertThat(before.instance()).isEqualTo(registry.registered().get(0));
            assertThat(before.instance().address()).isEqualTo(server.address());
            assertThat(before.established()).isFalse();
            registry.reachable();
            assertThat(only(server).established()).isTrue();
            assertThat(before.established()).as("a view of its moment").isFalse();
        }
    }

    private static RegisteredInstance only(RpcServer server) {
        assertThat(server.registrations()).hasSize(1);
        return server.registrations().get(0);
    }

    @Test
    void goesFromServingThroughDrainingToClosed() {
        RpcServer server = server().start();
        try (RpcClient client = RpcClient.builder()
                .transport(transport)
                .serializer(new TextSerializer())
                .addresses(server.address())
                .timeout(Duration.ofSeconds(30))
                .build()) {
            assertThat(server.state()).isEqualTo(RpcServer.State.SERVING);
            assertThat(server.running()).isZero();
            CompletableFuture<String> held =
                    client.proxy(Desk.class, o -> o.version("1")).hold("a");
            await().until(() -> server.running() == 1);

            CompletableFuture<Void> stopped =
                    server.stop(Duration.ofSeconds(30)).toCompletableFuture();
            assertThat(server.state()).isEqualTo(RpcServer.State.DRAINING);
            assertThat(server.registrations()).isEmpty();
            assertThat(registry.registered()).isEmpty();
            assertThat(stopped).isNotDone();
            end.complete("b");

            assertThat(held.join()).isEqualTo("b");
            stopped.join();
            assertThat(server.state()).isEqualTo(RpcServer.State.CLOSED);
            assertThat(server.running()).isZero();
            assertThat(server.services()).hasSize(1);
        }
    }

    @Test
    void isFoundOnlyOnceItIsToldToRegister() {
        try (RpcServer server = server().registerLater().start()) {
            assertThat(server.state()).isEqualTo(RpcServer.State.SERVING);
            assertThat(registry.registered()).isEmpty();
            assertThat(server.registrations()).isEmpty();

            server.register();
            server.register();

            assertThat(registry.registered()).hasSize(1);
            assertThat(server.registrations()).hasSize(1);
        }
        assertThat(registry.registered()).isEmpty();
    }

    @Test
    void isNotRegisteredOnceItIsClosed() {
        RpcServer server = server().registerLater().start();
        server.close();

        server.register();

        assertThat(registry.registered()).isEmpty();
    }

    @Test
    void aRefusedRegistrationLeavesNothingBehind() {
        RpcServerBuilder builder =
                server().listen(new Address("server-life", 7)).registry(StaticRegistry.of(new Address("elsewhere", 1)));

        assertThatThrownBy(builder::start)
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_CONFIGURATION));
        assertThat(registry.registered()).isEmpty();

        try (RpcServer again = server().listen(new Address("server-life", 7)).start()) {
            assertThat(again.address().port()).isEqualTo(7);
        }
    }

    @Test
    void aRegistrationThatWasRefusedCanBeTriedAgain() {
        try (RpcServer server = server().registry(StaticRegistry.of(new Address("elsewhere", 1)))
                .registerLater()
                .start()) {
            assertThatThrownBy(server::register).isInstanceOf(RpcException.class);
            assertThatThrownBy(server::register).isInstanceOf(RpcException.class);
            assertThat(server.state()).isEqualTo(RpcServer.State.SERVING);
            assertThat(registry.registered()).isEmpty();
        }
    }
}
