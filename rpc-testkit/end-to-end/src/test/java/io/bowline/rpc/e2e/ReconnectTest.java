package io.bowline.rpc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bowline.rpc.Address;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.FakeRegistry;
import io.bowline.rpc.testkit.FlakyTransport;
import io.bowline.rpc.testkit.ManualTimer;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a client does about providers that come, go and break. */
class ReconnectTest {
    private final FlakyTransport transport = FlakyTransport.over(new LocalTransport());
    private final Address address = new Address(EngineContract.localName().host(), 7);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(RpcClient.class);

    @BeforeEach
    void listen() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        log.setAdditive(false);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
        log.setLevel(null);
        log.setAdditive(true);
        transport.close();
    }

    private RpcClientBuilder client() {
        return RpcClient.builder().addresses(address).transport(transport).serializer(JsonSerializer.create());
    }

    private RpcServer server(ShopService service) {
        return RpcServer.builder()
                .listen(address)
                .transport(transport)
                .serializer(JsonSerializer.create())
                .drainGrace(Duration.ofSeconds(1))
                .service(Shop.class, service)
                .start();
    }

    private List<String> lines() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void triesAgainAfterGrowingPausesAndTellsOnce() {
        ManualTimer timer = new ManualTimer();
        transport.failConnects(FlakyTransport.ALL);
        try (RpcClient client = client().timer(timer).build()) {
            assertThat(client.proxy(Shop.class)).isNotNull();
            await().until(() -> lines().size() == 1);
            int soon = 0;
            for (int i = 0; i < 100; i++) {
                soon = advance(timer, Duration.ofMillis(10));
            }
            int later = 0;
            for (int i = 0; i < 600; i++) {
                later = advance(timer, Duration.ofMillis(100));
            }
            assertThat(soon).as("attempts within the first second").isBetween(3, 40);
            assertThat(later - soon).as("attempts within the next minute").isBetween(12, 70);
            assertThat(lines()).singleElement().asString().contains(address + " is not reachable, trying again");
        }
    }

    /** Moves the time and waits until an attempt that this began has ended; returns the attempts so far. */
    private int advance(ManualTimer timer, Duration step) {
        timer.advance(step);
        while (timer.pending() == 0) {
            Thread.onSpinWait();
        }
        return transport.connects();
    }

    @Test
    void comesBackAfterTheConnectionWasCutAndTellsBoth() {
        ShopService service = new ShopService();
        try (RpcServer server = server(service);
                RpcClient client = client().build()) {
            Shop shop = client.proxy(Shop.class);
            assertThat(shop.add(1, 1)).isEqualTo(2);
            transport.cut();
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(shop.add(1, 1)).isEqualTo(2));
            assertThat(server.address()).isEqualTo(address);
            assertThat(lines().get(0)).contains("Connected to");
            assertThat(lines()).anyMatch(line -> line.contains("not reachable"));
        }
    }

    @Test
    void aCallThatMayHaveRunIsNotRepeatedUnlessItIsIdempotent() {
        ShopService service = new ShopService();
        try (RpcServer server = server(service);
                RpcClient client = client().connectionsPerProvider(2).build()) {
            Shop shop = client.proxy(Shop.class);
            assertThat(shop.add(1, 1)).isEqualTo(2);
            transport.cutCalls(1);
            assertThatThrownBy(() -> shop.echo("once")).hasMessageContaining("RPC-CONNECTION-LOST");
            await().ignoreExceptions().until(() -> shop.add(1, 1) == 2);
            assertThat(service.seen.stream().filter("echo"::equals).count()).isLessThanOrEqualTo(1);
            assertThat(server.address()).isNotNull();
        }
    }

    @Test
    void whatWasRefusedIsTriedAgainWithoutTheCallerNoticing() {
        ShopService service = new ShopService();
        try (RpcServer server = server(service);
                RpcClient client = client().build()) {
            Shop shop = client.proxy(Shop.class);
            assertThat(shop.add(1, 1)).isEqualTo(2);
            transport.refuseCalls(2);
            assertThat(shop.add(2, 2)).isEqualTo(4);
            transport.refuseCalls(3);
            assertThatThrownBy(() -> shop.add(2, 2)).hasMessageContaining("attempts: 3");
            assertThat(server.address()).isNotNull();
        }
    }

    @Test
    void aRegistryThatGoesAwayOrSendsJunkChangesNothingForCalls() {
        ShopService service = new ShopService();
        FakeRegistry registry = new FakeRegistry();
        try (RpcServer server = server(service);
                RpcClient client = RpcClient.builder()
                        .registry(registry)
                        .transport(transport)
                        .serializer(JsonSerializer.create())
                        .build()) {
            Shop shop = client.proxy(Shop.class);
            registry.pushAddresses(Shop.class.getName(), address);
            assertThat(shop.add(1, 1)).isEqualTo(2);
            registry.unreachable();
            assertThat(shop.add(1, 1)).isEqualTo(2);
            registry.reachable();
            registry.pushAddresses(Shop.class.getName(), address, new Address("nobody-here", 1));
            for (int i = 0; i < 50; i++) {
                assertThat(shop.add(i, 1)).isEqualTo(i + 1);
            }
            assertThat(server.address()).isNotNull();
        }
    }
}
