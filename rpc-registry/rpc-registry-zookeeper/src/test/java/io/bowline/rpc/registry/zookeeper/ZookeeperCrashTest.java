package io.bowline.rpc.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.testkit.RegistryWatcher;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed, in a process of its own, and one that comes back empty. */
@Timeout(120)
class ZookeeperCrashTest {
    @TempDir
    Path folder;

    @Test
    void everythingIsRegisteredAgainAtAServerThatCameBackWithItsDataAndAtOneThatCameBackWithout() throws Exception {
        int port = freePort();
        String uri = "zookeeper://127.0.0.1:" + port + "?sessionTimeout=2s";
        RegistryWatcher watcher = new RegistryWatcher();
        Process server = ZookeeperServerProcess.start(port, folder.resolve("one"));
        try (ZookeeperRegistry provider = ZookeeperRegistry.connect(uri);
                ZookeeperRegistry consumer = ZookeeperRegistry.connect(uri)) {
            provider.register(instance("a"));
            consumer.watch("demo.Orders", watcher);
            eventually(() -> assertThat(watcher.ids()).containsExactly("a"));

            server.destroyForcibly().waitFor();
            eventually(() -> assertThat(consumer.status().reachable()).isFalse());
            assertThat(watcher.ids()).containsExactly("a");
            server = ZookeeperServerProcess.start(port, folder.resolve("one"));
            provider.register(instance("b"));
            eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder("a", "b"));

            server.destroyForcibly().waitFor();
            eventually(() -> assertThat(consumer.status().reachable()).isFalse());
            server = ZookeeperServerProcess.start(port, folder.resolve("two"));
            provider.register(instance("c"));
            eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder("a", "b", "c"));
            watcher.assertInOrder();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Instance instance(String id) {
        Address address = new Address("10.0.0.1", 9_000);
        return new Instance(id, "orders", address, List.of(ServiceName.of("demo.Orders")), Set.of(), 100, Map.of());
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}
