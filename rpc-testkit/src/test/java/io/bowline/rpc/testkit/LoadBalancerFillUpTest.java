package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.LoadBalancer.Picker;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadBalancerFillUpTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return new FillUpBalancer(100);
    }

    @Override
    protected Set<Quality> qualities() {
        return Set.of(Quality.LOAD_AWARE);
    }

    @Test
    void fillsOneNodeBeforeTheNext() {
        List<FakeNode> nodes = FakeNode.weighing(1, 1, 1);
        Picker picker = balancer().over(nodes);
        nodes.get(0).inFlight(99);
        assertThat(picker.pick(request(1))).isSameAs(nodes.get(0));
        nodes.get(0).inFlight(100);
        assertThat(picker.pick(request(2))).isSameAs(nodes.get(1));
        nodes.forEach(node -> node.inFlight(100));
        assertThat(picker.pick(request(3))).isSameAs(nodes.get(2));
    }
}
