package io.bowline.rpc.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.testkit.RegistryWatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.curator.test.TestingCluster;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class ZookeeperEnsembleTest {
    @Test
    void theLossOfOneServerOfThreeIsNotFelt() throws Exception {
        System.setProperty("zookeeper.admin.enableServer", "false");
        try (TestingCluster ensemble = new TestingCluster(3)) {
            ensemble.start();
            String uri = "zookeeper://" + ensemble.getConnectString() + "?sessionTimeout=6s";
            RegistryWatcher watcher = new RegistryWatcher();
            try (ZookeeperRegistry consumer = ZookeeperRegistry.connect(uri);
                    ZookeeperRegistry provider = ZookeeperRegistry.connect(uri)) {
                consumer.watch("demo.Orders", watcher);
                provider.register(instance("a"));
                eventually(() -> assertThat(watcher.ids()).containsExactly("a"));

                ensemble.killServer(ensemble.findConnectionInstance(
                        Objects.requireNonNull(provider.session().handle())));
                provider.register(instance("b"));

                eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder("a", "b"));
                assertThat(watcher.heard().stream().skip(1))
                        .allMatch(heard -> !heard.instances().isEmpty());
            }
        }
    }

    private static Instance instance(String id) {
        Address address = new Address("10.0.0.1", 9_000);
        return new Instance(id, "orders", address, List.of(ServiceName.of("demo.Orders")), Set.of(), 100, Map.of());
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}
