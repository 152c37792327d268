package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Address;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstAvailableBalancerTest {
    private final LoadBalancer balancer = LoadBalancer.firstAvailable();

    @Test
    void theSmallestRankWorksThenTheFirstAddress() {
        StubNode standby = node("a", 1, "2");
        StubNode second = node("b", 2, "1");
        StubNode first = node("b", 1, "1");
        StubNode typo = node("a", 0, "one");
        assertThat(picked(standby, second, first, typo)).isSameAs(first);
        assertThat(picked(standby, second, typo)).isSameAs(second);
        assertThat(picked(standby, typo)).isSameAs(standby);
        assertThat(picked(typo)).isSameAs(typo);
    }

    @Test
    void aProviderWithoutRankHasRankZero() {
        StubNode none = node("z", 1, "");
        assertThat(picked(node("a", 1, "1"), none)).isSameAs(none);
    }

    @Test
    void seesAllProvidersOfALargeFleet() {
        assertThat(balancer.needsAll()).isTrue();
    }

    private Node picked(Node... nodes) {
        return balancer.over(List.of(nodes)).pick(PickCostTest.REQUEST);
    }

    private static StubNode node(String host, int port, String rank) {
        StubNode node = new StubNode(new Address(host, port), 100);
        node.rank = rank;
        return node;
    }
}
