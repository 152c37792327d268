package io.bowline.rpc.registry.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alibaba.nacos.api.naming.NamingService;
import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.testkit.RegistryWatcher;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators do in Nacos' console, and what others put there, as our watchers hear it. Against the real server. */
class NacosConsoleTest {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final String service = "demo.S" + UUID.randomUUID();

    @BeforeAll
    static void startTheServer() {
        TestServer.shared();
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void honoursAWeightSetInTheConsole() throws Exception {
        Instance instance = instance(service);
        open("").register(instance);
        RegistryWatcher watcher = watch(open(""));
        eventually(() -> assertThat(watcher.instances()).containsExactly(instance));

        TestServer.edit(service, "10.0.0.1", 9_000, Map.of("weight", "2.5"));

        eventually(() -> assertThat(watcher.instances()).containsExactly(instance.withWeight(250)));
    }

    @Test
    void doesNotTellADisabledInstance() throws Exception {
        Instance instance = instance(service);
        open("").register(instance);
        RegistryWatcher watcher = watch(open(""));
        eventually(() -> assertThat(watcher.instances()).hasSize(1));

        TestServer.edit(service, "10.0.0.1", 9_000, Map.of("enabled", "false"));
        eventually(() -> assertThat(watcher.instances()).isEmpty());
        TestServer.edit(service, "10.0.0.1", 9_000, Map.of("enabled", "true"));

        eventually(() -> assertThat(watcher.instances()).containsExactly(instance));
    }

    @Test
    void doesNotTellAnUnhealthyInstance() throws Exception {
        com.alibaba.nacos.api.naming.pojo.Instance sick = InstanceEntry.write(instance(service), service, "DEFAULT");
        sick.setIp("10.0.0.2");
        sick.setHealthy(false);
        naming().registerInstance(service, NacosOptions.GROUP, sick);
        Instance well = instance(service);
        open("").register(well);

        RegistryWatcher watcher = watch(open(""));

        eventually(() -> assertThat(watcher.instances()).containsExactly(well));
        assertThat(naming().getAllInstances(service, NacosOptions.GROUP, false)).hasSize(2);
    }

    @Test
    void skipsEntriesThatAreNotOurs() throws Exception {
        put("10.0.0.3", Map.of());
        put("10.0.0.4", Map.of("bowline", "2", "bowline.id", "of another release"));
        put("10.0.0.5", Map.of("bowline", "1", "bowline.id", " "));
        put("10.0.0.6", Map.of("bowline", "1", "bowline.id", "a", "bowline.offers", "no slash"));
        put("10.0.0.7", Map.of("bowline", "1", "bowline.id", "b", "bowline.offers", "%zz/"));
        put("10.0.0.8/../etc", Map.of("bowline", "1", "bowline.id", "c"));
        Instance ours = instance(service);
        open("").register(ours);

        RegistryWatcher watcher = watch(open(""));

        eventually(() -> assertThat(watcher.instances()).containsExactly(ours));
        assertThat(naming().getAllInstances(service, NacosOptions.GROUP, false)).hasSize(7);
    }

    @Test
    void keepsGroupsAndNamespacesApart() throws Exception {
        Instance here = instance(service);
        open("").register(here);
        open("&group=other").register(instance(service));
        open("&namespace=dev").register(instance(service));

        RegistryWatcher watcher = watch(open(""));
        RegistryWatcher other = watch(open("&group=other"));
        RegistryWatcher dev = watch(open("&namespace=dev"));

        eventually(() -> assertThat(watcher.instances()).containsExactly(here));
        eventually(() -> assertThat(other.instances()).hasSize(1).doesNotContain(here));
        eventually(() -> assertThat(dev.instances()).hasSize(1).doesNotContain(here));
    }

    @Test
    void tellsAClusterAsALabel() throws Exception {
        open("&cluster=east").register(instance(service));

        RegistryWatcher watcher = watch(open(""));

        eventually(() -> assertThat(watcher.instances())
                .singleElement()
                .satisfies(instance -> assertThat(instance.labels()).containsEntry("cluster", "east")));
    }

    @Test
    void registersManyInterfacesOfOneInstance() throws Exception {
        List<ServiceName> services = IntStream.range(0, 60)
                .mapToObj(n -> ServiceName.of(service + ".with.a.name.as.long.as.names.of.interfaces.are.I" + n))
                .toList();
        Registry registry = open("");
        registry.register(new Instance(
                "many", "shop", new Address("10.0.0.9", 9_000), services, Set.of(), Instance.NORMAL_WEIGHT, Map.of()));

        eventually(() -> assertThat(registry.services().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .containsAll(services.stream().map(ServiceName::name).toList()));
    }

    @Test
    void isNotServedWithAWrongPassword() throws Exception {
        Registry stranger = NacosRegistry.connect(
                "nacos://nacos:wrong@" + TestServer.shared().address());
        opened.push(stranger);
        stranger.register(instance(service));
        Instance ours = instance(service);
        open("").register(ours);

        RegistryWatcher watcher = watch(open(""));

        eventually(() -> assertThat(watcher.instances()).containsExactly(ours));
        assertThat(stranger.status().reachable()).isFalse();
        assertThat(stranger.status().description()).doesNotContain("wrong");
    }

    @Test
    void registersAgainWhatTheServerLost() throws Exception {
        NamingService naming = naming();
        Offers offers = new Offers(NacosOptions.GROUP);
        com.alibaba.nacos.api.naming.pojo.Instance entry = InstanceEntry.write(instance(service), service, "DEFAULT");
        Offered offered = new Offered(service, entry, Set.of(ServiceName.of(service)));
        offers.add(offered);
        assertThat(offered.established).isFalse();
        offers.settle(naming);
        assertThat(offered.established).isTrue();
        eventually(() -> assertThat(naming.getAllInstances(service, NacosOptions.GROUP, false))
                .hasSize(1));
        naming.deregisterInstance(service, NacosOptions.GROUP, entry);
        eventually(() -> assertThat(naming.getAllInstances(service, NacosOptions.GROUP, false))
                .isEmpty());

        offers.verify(naming);
        assertThat(offered.established).isFalse();
        offers.settle(naming);
        assertThat(offered.established).isTrue();

        eventually(() -> assertThat(naming.getAllInstances(service, NacosOptions.GROUP, false))
                .hasSize(1));
    }

    @Test
    void holdsLossesBackWhileAReturnedRegistrySettles() throws Exception {
        NamingService naming = naming();
        com.alibaba.nacos.api.naming.pojo.Instance entry = InstanceEntry.write(instance(service), service, "DEFAULT");
        naming.registerInstance(service, NacosOptions.GROUP, entry);
        Watches watches = new Watches(NacosOptions.GROUP, watched -> {});
        RegistryWatcher watcher = new RegistryWatcher();
        watches.watch(service, watcher);
        eventually(() -> {
            watches.settle(naming, false);
            assertThat(watcher.instances()).hasSize(1);
        });

        naming.deregisterInstance(service, NacosOptions.GROUP, entry);
        eventually(() -> assertThat(naming.getAllInstances(service, NacosOptions.GROUP, true))
                .isEmpty());
        watches.settle(naming, true);
        watches.settle(naming, true);
        assertThat(watcher.heard()).hasSize(1);
        watches.settle(naming, false);

        eventually(() -> assertThat(watcher.instances()).isEmpty());
        watches.close();
    }

    @Test
    void leavesNoThreadAndNoFileBehind() throws Exception {
        NacosClient client = NacosClient.create(options());
        client.naming().registerInstance(service, NacosOptions.GROUP, "10.0.0.10", 1);
        client.naming().getAllInstances(service, NacosOptions.GROUP, true);
        assertThat(client.copies()).isDirectory();

        client.close();

        assertThat(client.copies()).doesNotExist();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().contains("nacos") && !thread.isDaemon())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@demo.Greeter", "demo@@Greeter", "demo Greeter", "demo.\u4e2d"})
    void refusesServicesThatNacosCannotName(String name) {
        try (Registry registry = NacosRegistry.connect(TestServer.uri())) {
            Instance instance =
                    new Instance("a", "", new Address("h", 1), List.of(ServiceName.of(name)), Set.of(), 100, Map.of());

            assertThatThrownBy(() -> registry.register(instance)).isInstanceOf(RpcException.class);
            assertThatThrownBy(() -> registry.watch(name, snapshot -> {})).isInstanceOf(RpcException.class);
        }
    }

    @Test
    void refusesWorkAfterItsClose() {
        Registry registry = NacosRegistry.connect(TestServer.uri());
        registry.close();
        registry.close();

        assertThatThrownBy(() -> registry.watch("demo.Greeter", snapshot -> {}))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.CLOSED));
        assertThat(registry.services()).isCompletedExceptionally();
    }

    private void put(String ip, Map<String, String> metadata) throws Exception {
        com.alibaba.nacos.api.naming.pojo.Instance entry = new com.alibaba.nacos.api.naming.pojo.Instance();
        entry.setIp(ip);
        entry.setPort(1);
        entry.setMetadata(metadata);
        naming().registerInstance(service, NacosOptions.GROUP, entry);
    }

    private static Instance instance(String service) {
        return new Instance(
                UUID.randomUUID().toString(),
                "shop",
                new Address("10.0.0.1", 9_000),
                List.of(ServiceName.of(service)),
                Set.of("protostuff"),
                Instance.NORMAL_WEIGHT,
                Map.of());
    }

    private static NacosOptions options() {
        return NacosOptions.of(Address.parse(TestServer.shared().address()))
                .withUser(TestServer.USER, TestServer.PASSWORD);
    }

    private NamingService naming() throws Exception {
        NacosClient client = NacosClient.create(options());
        opened.push(client);
        return client.naming();
    }

    private Registry open(String more) {
        Registry registry = NacosRegistry.connect(TestServer.uri() + more);
        opened.push(registry);
        return registry;
    }

    private RegistryWatcher watch(Registry registry) {
        RegistryWatcher watcher = new RegistryWatcher();
        registry.watch(service, watcher);
        return watcher;
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}
