package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.balance.SlowStart;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.discovery.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What part of the calls, and of the providers, a client gives to those who come. */
class ComingProvidersTest {
    private static final String SERVICE = TenThousandProvidersTest.Echo.class.getName();

    private final FakeRegistry registry = new FakeRegistry();
    private final ManualTimer timer = new ManualTimer();
    private final CountingTransport transport = new CountingTransport();
    private final List<Node> nodes = new ArrayList<>();
    private final List<RpcClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(RpcClient::close);
    }

    private RpcClientBuilder client() {
        return RpcClient.builder()
                .registry(registry)
                .transport(transport)
                .serializer(new TextSerializer())
                .callbackExecutor(Runnable::run)
                .loadBalancer(this::picker)
                .timer(timer);
    }

    private LoadBalancer.Picker picker(List<? extends Node> usable) {
        nodes.clear();
        nodes.addAll(usable);
        Node first = usable.get(0);
        return request -> first;
    }

    private void start(RpcClientBuilder builder) {
        RpcClient client = builder.build();
        clients.add(client);
        assertThat(client.proxy(TenThousandProvidersTest.Echo.class)).isNotNull();
    }

    private void push(int... providers) {
        registry.push(
                SERVICE,
                IntStream.of(providers)
                        .mapToObj(number -> Instance.at(new Address("provider-" + number, 1)))
                        .toList());
        timer.advance(Duration.ofMillis(10));
    }

    private List<Integer> weights() {
        return nodes.stream().map(Node::weight).sorted().toList();
    }

    @Test
    void whoIsThereWhenTheRegistryFirstAnswersHasItsWholeWeight() {
        start(client());
        push(1, 2, 3);
        assertThat(weights()).containsExactly(100, 100, 100);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whoComesLaterStartsSlowlyAndPickersFollow() {
        start(client());
        push(1, 2);
        push(1, 2, 3);
        assertThat(weights()).containsExactly(10, 100, 100);

        Node before = nodes.get(0);
        nodes.clear();
        timer.advance(Duration.ofSeconds(15));
        assertThat(nodes).hasSize(3).contains(before);
        assertThat(weights().get(0)).isBetween(50, 60);

        nodes.clear();
        timer.advance(Duration.ofSeconds(17));
        assertThat(weights()).containsExactly(100, 100, 100);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whoLeavesWhileItStartsIsForgotten() {
        start(client());
        push(1, 2);
        push(1, 2, 3);
        push(1, 2);
        timer.advance(Duration.ofSeconds(2));
        assertThat(weights()).containsExactly(100, 100);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void slowStartCanBeShorterOrOff() {
        start(client().slowStart(SlowStart.OFF));
        push(1);
        push(1, 2);
        assertThat(weights()).containsExactly(100, 100);

        start(client().slowStart(SlowStart.of(Duration.ofSeconds(2))));
        push(1, 2);
        push(1, 2, 3);
        assertThat(weights()).containsExactly(10, 100, 100);
        timer.advance(Duration.ofMillis(2_200));
        assertThat(weights()).containsExactly(100, 100, 100);
    }

    @Test
    void aSubsetConnectsToNoMoreAndReplacesWhatItCannotReach() {
        start(client().subset(20));
        int[] all = IntStream.range(0, 2_000).toArray();
        push(all);
        assertThat(transport.open).hasSize(20);
        assertThat(nodes).hasSize(20);
        Set<Address> first = Set.copyOf(transport.open.keySet());

        List.copyOf(first).subList(0, 5).forEach(transport::lose);
        assertThat(transport.open).hasSize(20);
        assertThat(nodes).hasSize(20);

        timer.advance(Duration.ofSeconds(5));
        assertThat(transport.open.keySet()).isEqualTo(first);
        assertThat(nodes).hasSize(20);
    }

    @Test
    void aProviderThatLeavesASubsetIsReplacedByOne() {
        start(client().subset(20));
        push(IntStream.range(0, 2_000).toArray());
        Set<Address> first = Set.copyOf(transport.open.keySet());
        Address leaving = first.iterator().next();
        push(IntStream.range(0, 2_000)
                .filter(number -> !leaving.host().equals("provider-" + number))
                .toArray());
        assertThat(transport.open).hasSize(20).doesNotContainKey(leaving);
        assertThat(transport.connects).isEqualTo(21);
    }

    @Test
    void aBalancerThatNeedsAllProvidersGetsThem() {
        start(client().subset(20).loadBalancer(LoadBalancer.consistentHash()));
        push(IntStream.range(0, 50).toArray());
        assertThat(transport.open).hasSize(50);
        assertThatThrownBy(() -> client().subset(0)).hasMessage("subset: 0 (expected: at least 1)");
    }
}
