package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;
import java.util.Set;

class LoadBalancerRandomTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.random();
    }

    @Override
    protected Set<Quality> qualities() {
        return Set.of(Quality.EVEN, Quality.WEIGHTED);
    }
}
