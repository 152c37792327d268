package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Registry} keeps to. A registry is done when its subclass is green:
 *
 * <pre>
 * class MyRegistryTest extends RegistryContract {
 *     &#64;Override protected Registry connect() { return MyRegistry.connect("localhost:" + server.port()); }
 *     &#64;Override protected void stopServer() { server.stop(); }
 *     &#64;Override protected void startServer() { server.start(); }      // on the same port
 *     &#64;Override protected String uri() { return "my://localhost:" + server.port(); }
 * }
 * </pre>
 *
 * <p>The server may be shared by all tests: each uses service names of its own. A registry that lacks something by its
 * nature says so in {@link #capabilities}.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class RegistryContract {
    /** What a registry may lack by its nature. */
    public enum Capability {
        /** A handle hears of what changes after it was made. */
        CHANGES,
        /** {@link Registry#register} works. */
        REGISTERING,
        /** There is a server that can be away: {@link #stopServer} and {@link #startServer} work. */
        SERVER,
        /** Other processes reach it by {@link #uri}. */
        PROCESSES
    }

    private static final AtomicInteger ports = new AtomicInteger(20_000);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, Registration> provided = new HashMap<>();

    /** A new handle to the registry under test; the contract closes it. */
    protected abstract Registry connect() throws Exception;

    /** What the registry can do; all of it, unless a subclass knows better. */
    protected Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    /** Ends the registry's server, as a crash or an operator would. */
    protected void stopServer() throws Exception {
        throw new UnsupportedOperationException("SERVER is declared and stopServer is not written");
    }

    /** Starts the server again, at the same address. */
    protected void startServer() throws Exception {
        throw new UnsupportedOperationException("SERVER is declared and startServer is not written");
    }

    /** How another process reaches the registry, through its provider on this class path. */
    protected String uri() {
        throw new UnsupportedOperationException("PROCESSES is declared and uri is not written");
    }

    /** What a watcher of a service hears of an instance: all of it, unless the registry tells less; see {@link Registry#watch}. */
    protected Instance asHeard(Instance instance, String service) {
        return instance;
    }

    /** How long a change may take to be heard. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** Makes an instance known; by registering it, unless the registry is filled in another way. */
    protected void provide(Instance instance) throws Exception {
        provided.put(instance.id(), open().register(instance));
    }

    /** Undoes {@link #provide}. */
    protected void withdraw(Instance instance) throws Exception {
        Objects.requireNonNull(provided.get(instance.id()), "not provided").close();
    }

    /** A new handle, closed after the test. */
    protected final Registry open() throws Exception {
        Registry registry = connect();
        opened.push(registry);
        return registry;
    }

    @AfterEach
    final void closeHandles() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void tellsWhoOffersAService() throws Exception {
        String service = service();
        Instance instance = offering(service);
        provide(instance);

        RegistryWatcher watcher = watch(open(), service);

        eventually(() -> assertThat(watcher.instances()).containsExactly(instance));
    }

    @Test
    void tellsAnEmptySnapshotWhereNobodyOffers() throws Exception {
        provide(offering(service()));

        RegistryWatcher watcher = watch(open(), service());

        eventually(() -> assertThat(watcher.instances()).isEmpty());
    }

    @Test
    void keepsEveryFieldOfAnInstance() throws Exception {
        String service = service();
        Instance instance = new Instance(
                "id/1 ü%" + UUID.randomUUID(),
                "shop/orders ü",
                new Address("10.1.2.3", 9_000),
                List.of(
                        new ServiceName(service, "1.2-α", "blue"),
                        new ServiceName(service, "2.0", ""),
                        ServiceName.of(service + "$Other")),
                Set.of("protostuff", "json"),
                37,
                Map.of(
                        "tag",
                        "canary",
                        "zone",
                        "eu-1",
                        "note",
                        "free = text; ü \"quoted\" \\ \t and\nlines",
                        "empty",
                        ""));
        provide(instance);

        RegistryWatcher watcher = watch(open(), service);
        RegistryWatcher other = watch(open(), service + "$Other");

        eventually(() -> assertThat(watcher.instances()).containsExactly(asHeard(instance, service)));
        eventually(() -> assertThat(other.instances()).containsExactly(asHeard(instance, service + "$Other")));
    }

    @Test
    void holdsVersionsAndGroupsSideBySide() throws Exception {
        String service = service();
        ServiceName plain = ServiceName.of(service);
        Instance first = offering(plain.withVersion("1"));
        Instance second = offering(plain.withVersion("2"));
        Instance blue = offering(plain.withVersion("2").withGroup("blue"));
        provide(first);
        provide(second);
        provide(blue);

        RegistryWatcher watcher = watch(open(), service);

        eventually(() -> assertThat(watcher.instances()).containsExactlyInAnyOrder(first, second, blue));
    }

    @Test
    void holdsTwoInstancesOfOneApplication() throws Exception {
        String service = service();
        Instance first = offering(service);
        Instance second = offering(service);
        provide(first);
        provide(second);

        RegistryWatcher watcher = watch(open(), service);

        eventually(() -> assertThat(watcher.instances()).containsExactlyInAnyOrder(first, second));
    }

    @Test
    void listsTheNamesOfServices() throws Exception {
        String service = service();
        provide(offering(service));
        Registry registry = open();

        eventually(() -> assertThat(registry.services().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .contains(service));
    }

    @Test
    void tellsThatItIsReachableAndWhenItLastAnswered() throws Exception {
        provide(offering(service()));
        Registry registry = open();

        eventually(() -> {
            assertThat(registry.status().reachable()).isTrue();
            assertThat(registry.status().lastAnswer()).isNotNull();
            assertThat(registry.status().description()).contains("://");
        });
    }

    @Test
    void tellsEveryWatcherOfAService() throws Exception {
        String service = service();
        Instance instance = offering(service);
        provide(instance);
        Registry registry = open();

        RegistryWatcher early = watch(registry, service);
        eventually(() -> assertThat(early.ids()).containsExactly(instance.id()));
        RegistryWatcher late = watch(registry, service);

        eventually(() -> assertThat(late.ids()).containsExactly(instance.id()));
    }

    @Test
    void pushesWhatAppearsAndWhatLeaves() throws Exception {
        assumeCapable(Capability.CHANGES);
        String service = service();
        RegistryWatcher watcher = watch(open(), service);
        eventually(() -> assertThat(watcher.ids()).isEmpty());

        Instance first = offering(service);
        provide(first);
        eventually(() -> assertThat(watcher.ids()).containsExactly(first.id()));
        Instance second = offering(service);
        provide(second);
        eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder(first.id(), second.id()));
        withdraw(first);
        eventually(() -> assertThat(watcher.ids()).containsExactly(second.id()));
        withdraw(second);
        eventually(() -> assertThat(watcher.ids()).isEmpty());
        watcher.assertInOrder();
    }

    @Test
    void closingTheHandleRemovesItsRegistrations() throws Exception {
        assumeCapable(Capability.REGISTERING);
        String service = service();
        RegistryWatcher watcher = watch(open(), service);
        Registry provider = open();
        provider.register(offering(service));
        provider.register(offering(service));
        eventually(() -> assertThat(watcher.ids()).hasSize(2));

        provider.close();

        eventually(() -> assertThat(watcher.ids()).isEmpty());
    }

    @Test
    void closingARegistrationLeavesTheOthers() throws Exception {
        assumeCapable(Capability.REGISTERING);
        String service = service();
        RegistryWatcher watcher = watch(open(), service);
        Registry provider = open();
        Instance stays = offering(service);
        provider.register(stays);
        Registration leaves = provider.register(offering(service));
        eventually(() -> assertThat(watcher.ids()).hasSize(2));
        eventually(() -> assertThat(leaves.established()).isTrue());

        leaves.close();
        leaves.close();

        eventually(() -> assertThat(watcher.ids()).containsExactly(stays.id()));
    }

    @Test
    void aSlowWatcherMissesSnapshotsAndNeverTheLast() throws Exception {
        assumeCapable(Capability.CHANGES);
        String service = service();
        Registry registry = open();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        RegistryWatcher slow = new RegistryWatcher();
        registry.watch(service, snapshot -> {
            entered.countDown();
            awaitUninterrupted(released);
            slow.accept(snapshot);
        });
        RegistryWatcher quick = watch(registry, service);
        assertThat(entered.await(patience().toSeconds(), TimeUnit.SECONDS)).isTrue();

        Instance first = offering(service);
        provide(first);
        eventually(() -> assertThat(quick.ids()).containsExactly(first.id()));
        Instance second = offering(service);
        provide(second);
        eventually(() -> assertThat(quick.ids()).containsExactlyInAnyOrder(first.id(), second.id()));
        released.countDown();

        eventually(() -> assertThat(slow.ids()).containsExactlyInAnyOrder(first.id(), second.id()));
        slow.assertInOrder();
        assertThat(slow.heard()).as("snapshots that the slow watcher heard").hasSize(2);
    }

    @Test
    void aThrowingWatcherHurtsNobody() throws Exception {
        assumeCapable(Capability.CHANGES);
        String service = service();
        Registry registry = open();
        AtomicInteger thrown = new AtomicInteger();
        registry.watch(service, snapshot -> {
            thrown.incrementAndGet();
            throw new IllegalStateException("thrown by a watcher, on purpose");
        });
        RegistryWatcher watcher = watch(registry, service);
        eventually(() -> assertThat(watcher.ids()).isEmpty());

        Instance instance = offering(service);
        provide(instance);

        eventually(() -> assertThat(watcher.ids()).containsExactly(instance.id()));
        eventually(() -> assertThat(thrown).hasValueGreaterThanOrEqualTo(2));
    }

    @Test
    void aClosedWatchHearsNothingMore() throws Exception {
        assumeCapable(Capability.CHANGES);
        String service = service();
        Registry registry = open();
        RegistryWatcher left = new RegistryWatcher();
        Registration leaving = registry.watch(service, left);
        RegistryWatcher stays = watch(registry, service);
        eventually(() -> assertThat(left.ids()).isEmpty());
        eventually(() -> assertThat(stays.ids()).isEmpty());

        leaving.close();
        leaving.close();
        Instance instance = offering(service);
        provide(instance);

        eventually(() -> assertThat(stays.ids()).containsExactly(instance.id()));
        assertThat(left.heard()).hasSize(1);
    }

    @Test
    void aWatchCanBeMadeAgainAfterTheLastWasClosed() throws Exception {
        assumeCapable(Capability.CHANGES);
        String service = service();
        Registry registry = open();
        RegistryWatcher before = new RegistryWatcher();
        Registration leaving = registry.watch(service, before);
        eventually(() -> assertThat(before.ids()).isEmpty());
        leaving.close();
        Instance instance = offering(service);
        provide(instance);

        RegistryWatcher after = watch(registry, service);

        eventually(() -> assertThat(after.ids()).containsExactly(instance.id()));
    }

    @Test
    void aProviderKilledWithoutGoodbyeDisappears() throws Exception {
        assumeCapable(Capability.PROCESSES);
        String service = service();
        RegistryWatcher watcher = watch(open(), service);
        Instance stays = offering(service);
        provide(stays);
        Instance killed = offering(service);
        Process process = RegistryProcess.start(uri(), killed);
        opened.push(() -> process.destroyForcibly().waitFor());
        eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder(stays.id(), killed.id()));

        process.destroyForcibly();

        eventually(() -> assertThat(watcher.ids()).containsExactly(stays.id()));
    }

    @Test
    void outlivesARestartOfTheServer() throws Exception {
        assumeCapable(Capability.SERVER);
        String service = service();
        Registry consumer = open();
        Registry provider = open();
        RegistryWatcher watcher = watch(consumer, service);
        Instance stays = offering(service);
        Registration staying = provider.register(stays);
        Instance leaves = offering(service);
        Registration leaving = provider.register(leaves);
        eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder(stays.id(), leaves.id()));

        eventually(() -> assertThat(staying.established()).isTrue());
        int heardBefore = watcher.heard().size();
        Instance late = offering(service);
        stopServer();
        try {
            eventually(() -> assertThat(consumer.status().reachable()).isFalse());
            eventually(() -> assertThat(provider.status().reachable()).isFalse());
            leaving.close();
            assertThat(provider.register(late).established())
                    .as("of one that nobody has heard of")
                    .isFalse();
            assertThat(staying.established())
                    .as("of what the registry last said")
                    .isTrue();
            assertThat(watcher.heard()).as("told while the registry was away").hasSize(heardBefore);
        } finally {
            startServer();
        }

        eventually(() -> assertThat(watcher.ids()).containsExactlyInAnyOrder(stays.id(), late.id()));
        RegistryWatcher newcomer = watch(open(), service);
        eventually(() -> assertThat(newcomer.ids()).containsExactlyInAnyOrder(stays.id(), late.id()));
        eventually(() -> assertThat(consumer.status().reachable()).isTrue());
        eventually(() -> assertThat(staying.established()).isTrue());
        watcher.assertInOrder();
    }

    @Test
    void startsBeforeTheServer() throws Exception {
        assumeCapable(Capability.SERVER);
        String service = service();
        Instance instance = offering(service);
        RegistryWatcher watcher;
        Registration registration;
        stopServer();
        try {
            registration = open().register(instance);
            assertThat(registration.established()).isFalse();
            Registry consumer = open();
            watcher = watch(consumer, service);
            assertThat(consumer.status().reachable()).isFalse();
            assertThat(watcher.heard()).isEmpty();
        } finally {
            startServer();
        }

        eventually(() -> assertThat(watcher.ids()).containsExactly(instance.id()));
        eventually(() -> assertThat(registration.established()).isTrue());
    }

    private static RegistryWatcher watch(Registry registry, String service) {
        RegistryWatcher watcher = new RegistryWatcher();
        registry.watch(service, watcher);
        return watcher;
    }

    /** Waits until the assertion holds, at most for {@link #patience}. */
    protected final void eventually(ThrowingRunnable assertion) {
        await().atMost(patience()).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
    }

    /** A service name that nobody else uses. */
    protected static String service() {
        return "demo.S" + UUID.randomUUID().toString().replace("-", "");
    }

    /** A new instance that offers the service. */
    protected static Instance offering(String service) {
        return offering(ServiceName.of(service));
    }

    /** A new instance that offers the services. */
    protected static Instance offering(ServiceName... services) {
        return new Instance(
                UUID.randomUUID().toString(),
                "orders",
                new Address("127.0.0.1", ports.incrementAndGet()),
                List.of(services),
                Set.of("protostuff"),
                Instance.NORMAL_WEIGHT,
                Map.of());
    }

    private void assumeCapable(Capability capability) {
        assumeTrue(capabilities().contains(capability), () -> "the registry lacks " + capability + " by its nature");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
