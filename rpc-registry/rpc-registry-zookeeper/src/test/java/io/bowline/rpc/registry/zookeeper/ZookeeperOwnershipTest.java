package io.bowline.rpc.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.testkit.RegistryWatcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose node it is, after all that can happen to a session. */
@Timeout(60)
class ZookeeperOwnershipTest {
    @RegisterExtension
    static final TestZookeeper zookeeper = new TestZookeeper();

    private final String service = "demo.Orders";
    private final Instance instance = new Instance(
            "a/" + UUID.randomUUID(),
            "shop/orders",
            new Address("10.0.0.1", 9_000),
            List.of(ServiceName.of(service)),
            Set.of(),
            100,
            Map.of());
    private final String path = new Layout("test/bowline").instance(instance);

    private ZooKeeper other;
    private ZookeeperRegistry provider;
    private RegistryWatcher watcher;

    @BeforeEach
    void register() throws Exception {
        other = zookeeper.client();
        provider = ZookeeperRegistry.connect(zookeeper.uri());
        watcher = new RegistryWatcher();
    }

    @AfterEach
    void close() throws Exception {
        provider.close();
        other.close();
    }

    @Test
    void theNewSessionOwnsANewNodeWhereTheOldOneStillStands() throws Exception {
        provider.register(instance);
        eventually(() -> assertThat(owner()).isEqualTo(session()));
        long lost = session();
        String witness = "/of-the-old-session";
        ZooKeeper old = handle();
        old.create(witness, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);

        // The client gives its session up while the server is away; the server comes back and still knows it.
        zookeeper.stop();
        try {
            eventually(() -> assertThat(provider.status().reachable()).isFalse());
            old.getTestable().injectSessionExpiration();
            eventually(() -> assertThat(old.getState().isAlive()).isFalse());
        } finally {
            zookeeper.start();
        }

        eventually(() -> {
            assertThat(session()).isNotZero().isNotEqualTo(lost);
            assertThat(owner()).isEqualTo(session());
        });
        assertThat(other.exists(witness, false))
                .as("the old session's other node")
                .isNotNull();
        eventually(() -> assertThat(other.exists(witness, false)).isNull());
        assertThat(owner()).isEqualTo(session());
    }

    @Test
    void theNewSessionOwnsANewNodeWhereTheServerEndedTheOldOne() throws Exception {
        provider.register(instance);
        provider.watch(service, watcher);
        eventually(() -> assertThat(owner()).isEqualTo(session()));
        long killed = session();

        kill(handle());

        eventually(() -> {
            assertThat(session()).isNotZero().isNotEqualTo(killed);
            assertThat(owner()).isEqualTo(session());
        });
        eventually(() -> assertThat(watcher.ids()).containsExactly(instance.id()));
    }

    @Test
    void aNodeThatSomebodyElseOwnsIsReplaced() throws Exception {
        for (String parent : new Layout("test/bowline").persistent(instance)) {
            if (other.exists(parent, false) == null) {
                other.create(parent, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
        }
        other.create(
                path, "somebody".getBytes(StandardCharsets.UTF_8), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);

        provider.register(instance);
        provider.watch(service, watcher);

        eventually(() -> assertThat(owner()).isEqualTo(session()));
        eventually(() -> assertThat(watcher.ids()).containsExactly(instance.id()));
    }

    @Test
    void aDeletedNodeComesBack() throws Exception {
        provider.register(instance);
        eventually(() -> assertThat(owner()).isEqualTo(session()));
        long created = stat().getCzxid();

        other.delete(path, -1);

        eventually(() -> assertThat(stat().getCzxid()).isGreaterThan(created));
        assertThat(owner()).isEqualTo(session());
    }

    @Test
    void aDeletedTreeComesBackAndIsHeardOf() throws Exception {
        provider.register(instance);
        provider.watch(service, watcher);
        eventually(() -> assertThat(watcher.ids()).containsExactly(instance.id()));

        try {
            ZKUtil.deleteRecursive(other, "/test");
        } catch (KeeperException.NotEmptyException quicker) {
            // What was deleted first is back already.
        }

        eventually(() -> assertThat(other.exists(path, false)).isNotNull());
        eventually(() -> assertThat(watcher.ids()).containsExactly(instance.id()));
        watcher.assertInOrder();
    }

    @Test
    void closingLeavesNoNodeAndNoThread() throws Exception {
        provider.register(instance);
        eventually(() -> assertThat(owner()).isEqualTo(session()));
        assertThat(threads()).isNotEmpty();

        provider.close();

        assertThat(other.exists(path, false)).isNull();
        eventually(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void closingWithoutAServerEndsToo() throws Exception {
        zookeeper.stop();
        try {
            ZookeeperRegistry lonely = ZookeeperRegistry.connect(zookeeper.uri());
            lonely.register(instance);
            lonely.close();
            provider.close();
            eventually(() -> assertThat(threads()).isEmpty());
        } finally {
            zookeeper.start();
        }
    }

    private Stat stat() throws Exception {
        return Objects.requireNonNull(other.exists(path, false), "no node");
    }

    private long owner() {
        try {
            return stat().getEphemeralOwner();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private long session() {
        return provider.session().id();
    }

    private ZooKeeper handle() {
        return Objects.requireNonNull(provider.session().handle(), "not connected");
    }

    /** Ends a session as its own client would: a second client takes it over, and says goodbye. */
    private static void kill(ZooKeeper victim) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper twin = new ZooKeeper(
                zookeeper.connectString(),
                victim.getSessionTimeout(),
                event -> {
                    if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                        connected.countDown();
                    }
                },
                victim.getSessionId(),
                victim.getSessionPasswd());
        assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
        twin.close();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("bowline-zookeeper"))
                .toList();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }
}
