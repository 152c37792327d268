package io.bowline.rpc.registry.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.InstanceText;
import io.bowline.rpc.testkit.RegistryWatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others may have put where instances stand, and who may look. */
@Timeout(60)
class ZookeeperUntrustedTest {
    @RegisterExtension
    static final TestZookeeper zookeeper = new TestZookeeper();

    private static final String ROOT = "/test/bowline";

    private final RegistryWatcher watcher = new RegistryWatcher();

    private ZooKeeper other;
    private ZookeeperRegistry registry;

    @BeforeEach
    void connect() throws Exception {
        other = zookeeper.client();
        registry = ZookeeperRegistry.connect(zookeeper.uri());
    }

    @AfterEach
    void close() throws Exception {
        registry.close();
        other.close();
    }

    @Test
    void entriesThatAreNoInstancesAreSkippedAndTheOthersStand() throws Exception {
        Instance good = instance("a", "junkyard", "demo.Junk");
        registry.register(good);
        registry.watch("demo.Junk", watcher);
        eventually(() -> assertThat(watcher.ids()).containsExactly("a"));

        put(ROOT + "/instances/junkyard/empty", new byte[0]);
        put(ROOT + "/instances/junkyard/noise", new byte[] {(byte) 0xff, 0, 1});
        put(ROOT + "/instances/junkyard/other", "bowline-instance 9\nid\tother\n".getBytes(UTF_8));
        put(ROOT + "/instances/junkyard/large", new byte[InstanceText.MAX_BYTES + 1]);
        put(ROOT + "/instances/junkyard/thief", InstanceText.encode(instance("a", "junkyard", "demo.Junk")));
        put(ROOT + "/instances/junkyard/stray", InstanceText.encode(instance("stray", "elsewhere", "demo.Junk")));
        put(ROOT + "/services/demo.Junk/%zz", new byte[0]);
        put(ROOT + "/instances/junkyard/b", InstanceText.encode(instance("b", "junkyard", "demo.Junk")));

        eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder("a", "b"));
        watcher.assertInOrder();
    }

    @Test
    void noMoreThanTenThousandChildrenAreTakenIn() throws Exception {
        Instance good = instance("0", "crowd", "demo.Crowd");
        registry.register(good);
        registry.watch("demo.Crowd", watcher);
        eventually(() -> assertThat(watcher.ids()).containsExactly("0"));
        List<Op> crowd = new ArrayList<>();
        for (int i = 0; i <= Followed.MAX_CHILDREN; i++) {
            String path = ROOT + "/instances/crowd/x" + i;
            crowd.add(Op.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
        }
        for (int from = 0; from < crowd.size(); from += 2_000) {
            other.multi(crowd.subList(from, Math.min(crowd.size(), from + 2_000)));
        }

        registry.register(instance("1", "crowd", "demo.Crowd"));
        put(ROOT + "/instances/crowd/z", InstanceText.encode(instance("z", "crowd", "demo.Crowd")));

        eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder("0", "1"));
    }

    @Test
    void nodesMadeWithCredentialsBelongToThem() throws Exception {
        ZookeeperOptions open = ZookeeperOptions.of(Address.parse(zookeeper.connectString()))
                .withNamespace("locked")
                .withSessionTimeout(TestZookeeper.SESSION);
        ZookeeperOptions owner = open.withCredentials("orders", "s3cret:with@signs");
        RegistryWatcher stranger = new RegistryWatcher();
        try (ZookeeperRegistry provider = ZookeeperRegistry.connect(owner);
                ZookeeperRegistry consumer = ZookeeperRegistry.connect(owner);
                ZookeeperRegistry wrong = ZookeeperRegistry.connect(open.withCredentials("orders", "guessed"))) {
            provider.register(instance("a", "vault", "demo.Vault"));
            consumer.watch("demo.Vault", watcher);
            eventually(() -> assertThat(watcher.ids()).containsExactly("a"));

            wrong.watch("demo.Vault", stranger);
            wrong.register(instance("b", "vault", "demo.Vault"));
            eventually(() -> assertThat(wrong.status().reachable()).isTrue());
            provider.register(instance("c", "vault", "demo.Vault"));

            eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder("a", "c"));
            assertThat(stranger.heard()).isEmpty();
            assertThat(owner.toString() + provider.status()).doesNotContain("s3cret");
        }
    }

    @Test
    void aWatchIsNarrow() throws Exception {
        Instance wanted = instance("a", "narrow", "demo.Wanted");
        registry.register(wanted);
        registry.register(instance("b", "broad", "demo.Unwanted"));
        registry.watch("demo.Wanted", watcher);
        eventually(() -> assertThat(watcher.ids()).containsExactly("a"));

        int before = watcher.heard().size();
        registry.register(instance("c", "broad", "demo.Unwanted"));
        registry.register(instance("d", "narrow", "demo.Unwanted"));
        registry.register(instance("e", "narrow", "demo.Wanted"));

        eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder("a", "e"));
        assertThat(watcher.heard()).hasSize(before + 1);
    }

    private void put(String path, byte[] value) throws Exception {
        other.create(path, value, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    private static Instance instance(String id, String application, String service) {
        Address address = new Address("10.0.0.1", 9_000);
        return new Instance(
                id, application, address, List.of(ServiceName.of(service)), Set.of(), 100, Map.of("id", id));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }
}
