package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;
import java.util.Set;

class LoadBalancerRoundRobinTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.roundRobin();
    }

    @Override
    protected Set<Quality> qualities() {
        return Set.of(Quality.EVEN, Quality.WEIGHTED);
    }
}
