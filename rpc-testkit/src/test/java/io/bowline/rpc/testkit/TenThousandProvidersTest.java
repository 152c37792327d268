package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Address;
import io.bowline.rpc.Request;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.discovery.Instance;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one change costs where there are very many providers, counted in pieces of work and not in time. */
class TenThousandProvidersTest {
    private static final int MANY = 10_000;
    private static final Duration LAG = Duration.ofMillis(10);
    private static final String SERVICE = Echo.class.getName();

    private final FakeRegistry registry = new FakeRegistry();
    private final ManualTimer timer = new ManualTimer();
    private final CountingTransport transport = new CountingTransport();
    private final RecordingBalancer balancer = new RecordingBalancer();
    private final RpcClient client = RpcClient.builder()
            .registry(registry)
            .transport(transport)
            .serializer(new TextSerializer())
            .callbackExecutor(Runnable::run)
            .loadBalancer(balancer)
            .timer(timer)
            .build();
    private final List<Instance> instances = new ArrayList<>();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void connectionsThatOpenTogetherMakeFewPickers() {
        start(MANY);

        assertThat(transport.open).hasSize(MANY);
        assertThat(balancer.nodes).hasSize(MANY);
        assertThat(balancer.pickers).isLessThan(120);
    }

    @Test
    void aSmallSetIsAlwaysExact() {
        start(60);
        assertThat(balancer.pickers).isEqualTo(60);

        transport.lose(instances.get(30).address());

        assertThat(balancer.pickers).isEqualTo(61);
        assertThat(balancer.nodes).hasSize(59);
    }

    @Test
    void oneProviderThatIsReplacedCostsOneConnection() {
        start(MANY);
        Set<Node> before = nodes();
        transport.connects = 0;

        instances.set(5_000, instance(MANY + 1));
        registry.push(SERVICE, instances);
        timer.advance(LAG);

        assertThat(transport.connects).isEqualTo(1);
        assertThat(transport.open).hasSize(MANY).doesNotContainKey(new Address("provider-5000", 1));
        Set<Node> stayed = nodes();
        stayed.retainAll(before);
        assertThat(stayed).hasSize(MANY - 1);
        assertThat(nodes()).hasSize(MANY);
    }

    @Test
    void aChangedWeightTouchesNoConnectionAndNoOtherNode() {
        start(MANY);
        Set<Node> before = nodes();
        int pickers = balancer.pickers;
        transport.connects = 0;

        instances.set(7_000, instances.get(7_000).withWeight(1));
        registry.push(SERVICE, instances);
        timer.advance(LAG);

        assertThat(transport.connects).isZero();
        assertThat(nodes()).isEqualTo(before);
        assertThat(balancer.pickers).isEqualTo(pickers + 1);
        assertThat(balancer.nodes).filteredOn(node -> node.weight() == 1).hasSize(1);
    }

    @Test
    void aPushThatChangesNothingForTheBalancerMakesNoPicker() {
        start(MANY);
        int pickers = balancer.pickers;

        registry.push(SERVICE, new ArrayList<>(instances));
        timer.advance(LAG);

        assertThat(balancer.pickers).isEqualTo(pickers);
    }

    @Test
    void aChangeOfOneAllocatesNothingForTheOthers() {
        start(MANY);
        List<List<Instance>> lists = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            instances.set(i, instances.get(i).withWeight(50));
            lists.add(List.copyOf(instances));
        }

        lists.subList(0, 100).forEach(list -> registry.push(SERVICE, list));
        long before = allocated();
        lists.subList(100, 200).forEach(list -> registry.push(SERVICE, list));

        assertThat((allocated() - before) / 100)
                .as("bytes a push; a reference for each provider would be 40,000")
                .isLessThan(4_000);
    }

    @Test
    void aLostConnectionIsNotPickedForLong() {
        start(MANY);
        Node lost = balancer.nodes.get(1_234);
        int pickers = balancer.pickers;

        transport.lose(lost.address());
        assertThat(balancer.pickers).isEqualTo(pickers);
        timer.advance(LAG);

        assertThat(balancer.pickers).isEqualTo(pickers + 1);
        assertThat(balancer.nodes).hasSize(MANY - 1).doesNotContain(lost);
    }

    @Test
    void whoeverPicksALostConnectionPicksAgainAndTheOthersNeverDo() {
        Echo echo = start(MANY);
        Node lost = balancer.nodes.get(0);
        int pickers = balancer.pickers;

        transport.lose(lost.address());
        echo.echo("a call");
        echo.echo("another");

        assertThat(balancer.pickers).isEqualTo(pickers + 1);
        assertThat(balancer.nodes).hasSize(MANY - 1).doesNotContain(lost);
        assertThat(transport.calls).isEqualTo(2);
    }

    @Test
    void halfOfTheProvidersLostTogetherMakeFewPickers() {
        start(MANY);
        int pickers = balancer.pickers;

        instances.subList(0, MANY / 2).forEach(instance -> transport.lose(instance.address()));
        timer.advance(LAG);

        assertThat(balancer.nodes).hasSize(MANY / 2);
        assertThat(balancer.pickers - pickers).isLessThan(10);
    }

    @Test
    void allProvidersLostLeaveNoPickerBehind() {
        Echo echo = start(MANY);

        instances.forEach(instance -> transport.lose(instance.address()));

        assertThat(echo.echo("nobody").isCompletedExceptionally()).isTrue();
        assertThat(transport.calls).isZero();
    }

    private Echo start(int providers) {
        for (int i = 0; i < providers; i++) {
            instances.add(instance(i));
        }
        Echo echo = client.proxy(Echo.class);
        registry.push(SERVICE, instances);
        timer.advance(LAG);
        return echo;
    }

    private static Instance instance(int number) {
        return Instance.at(new Address("provider-" + number, 1));
    }

    private Set<Node> nodes() {
        Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
        nodes.addAll(balancer.nodes);
        return nodes;
    }

    private static long allocated() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getCurrentThreadAllocatedBytes();
    }

    /** Always the first; keeps what it was last asked to choose from. */
    private static final class RecordingBalancer implements LoadBalancer {
        private int pickers;
        private List<Node> nodes = List.of();

        @Override
        public Picker over(List<? extends Node> usable) {
            pickers++;
            nodes = List.copyOf(usable);
            Node first = usable.get(0);
            return (Request request) -> first;
        }
    }

    /** The contract of this test. */
    public interface Echo {
        CompletableFuture<String> echo(String text);
    }
}
