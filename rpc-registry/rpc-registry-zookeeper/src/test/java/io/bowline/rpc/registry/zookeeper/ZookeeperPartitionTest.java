package io.bowline.rpc.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.testkit.FaultProxy;
import io.bowline.rpc.testkit.RegistryWatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told, and what is not, while some cannot reach each other; {@code docs/cap.md} says what follows from it. */
@Timeout(120)
class ZookeeperPartitionTest {
    @RegisterExtension
    static final TestZookeeper zookeeper = new TestZookeeper();

    @Test
    void withoutAMajorityWhatWasToldStandsAndWhatIsNewWaits() throws Exception {
        RegistryWatcher watcher = new RegistryWatcher();
        RegistryWatcher restarted = new RegistryWatcher();
        try (TestingCluster ensemble = new TestingCluster(3)) {
            ensemble.start();
            String uri = "zookeeper://" + ensemble.getConnectString() + "?sessionTimeout=6s";
            List<InstanceSpec> majority = List.copyOf(ensemble.getInstances()).subList(0, 2);
            try (ZookeeperRegistry consumer = ZookeeperRegistry.connect(uri);
                    ZookeeperRegistry provider = ZookeeperRegistry.connect(uri)) {
                consumer.watch("demo.Orders", watcher);
                Registration known = provider.register(instance("known"));
                eventually(() -> assertThat(watcher.ids()).containsExactly("known"));
                eventually(() -> assertThat(known.established()).isTrue());

                for (InstanceSpec server : majority) {
                    ensemble.killServer(server);
                }
                eventually(() -> assertThat(consumer.status().reachable()).isFalse());
                eventually(() -> assertThat(provider.status().reachable()).isFalse());
                Registration fresh = provider.register(instance("fresh"));
                try (ZookeeperRegistry newcomer = ZookeeperRegistry.connect(uri)) {
                    newcomer.watch("demo.Orders", restarted);
                    assertThat(watcher.ids()).containsExactly("known");
                    assertThat(known.established()).isTrue();
                    assertThat(fresh.established()).isFalse();
                    assertThat(restarted.heard()).isEmpty();

                    for (InstanceSpec server : majority) {
                        ensemble.restartServer(server);
                    }

                    eventually(() -> assertThat(restarted.ids()).containsExactlyInAnyOrder("known", "fresh"));
                    eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder("known", "fresh"));
                    eventually(() -> assertThat(fresh.established()).isTrue());
                }
                assertThat(watcher.heard().stream().skip(1))
                        .as("what was told of a service that had a provider all the time")
                        .allMatch(heard -> !heard.instances().isEmpty());
            }
        }
    }

    @Test
    void aProviderThatIsCutOffIsForgottenAfterItsSessionAndComesBack() {
        RegistryWatcher watcher = new RegistryWatcher();
        try (FaultProxy line = FaultProxy.to(server());
                ZookeeperRegistry consumer = ZookeeperRegistry.connect(zookeeper.uri());
                ZookeeperRegistry provider = ZookeeperRegistry.connect(through(line))) {
            consumer.watch("demo.Prices", watcher);
            Registration registration = provider.register(instance("cut"));
            eventually(() -> assertThat(watcher.ids()).containsExactly("cut"));

            cut(line, true);
            eventually(() -> assertThat(watcher.ids()).isEmpty());
            cut(line, false);

            eventually(() -> assertThat(watcher.ids()).containsExactly("cut"));
            eventually(() -> assertThat(registration.established()).isTrue());
        }
    }

    @Test
    void aConsumerThatIsCutOffKeepsWhatItWasToldAndCatchesUp() {
        RegistryWatcher watcher = new RegistryWatcher();
        RegistryWatcher others = new RegistryWatcher();
        try (FaultProxy line = FaultProxy.to(server());
                ZookeeperRegistry consumer = ZookeeperRegistry.connect(through(line));
                ZookeeperRegistry provider = ZookeeperRegistry.connect(zookeeper.uri())) {
            consumer.watch("demo.Prices", watcher);
            provider.watch("demo.Prices", others);
            Registration first = provider.register(instance("first"));
            eventually(() -> assertThat(watcher.ids()).containsExactly("first"));

            cut(line, true);
            eventually(() -> assertThat(consumer.status().reachable()).isFalse());
            provider.register(instance("second"));
            first.close();
            eventually(() -> assertThat(others.ids()).containsExactly("second"));
            assertThat(watcher.ids()).containsExactly("first");
            cut(line, false);

            eventually(() -> assertThat(watcher.ids()).containsExactly("second"));
        }
    }

    private static void cut(FaultProxy line, boolean cut) {
        line.refuse(cut);
        line.reset();
    }

    private static Address server() {
        String[] parts = zookeeper.connectString().split(":");
        return new Address("127.0.0.1", Integer.parseInt(parts[1]));
    }

    private static String through(FaultProxy line) {
        return zookeeper.uri().replace(zookeeper.connectString(), line.address().toString());
    }

    private static Instance instance(String id) {
        Address address = new Address("10.0.0.1", 9_000);
        List<ServiceName> services = List.of(ServiceName.of("demo.Orders"), ServiceName.of("demo.Prices"));
        return new Instance(id, "orders", address, services, Set.of(), 100, Map.of());
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}
