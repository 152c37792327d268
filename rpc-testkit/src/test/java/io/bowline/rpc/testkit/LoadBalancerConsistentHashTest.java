package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;
import java.util.Set;

class LoadBalancerConsistentHashTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.consistentHash();
    }

    @Override
    protected Set<Quality> qualities() {
        return Set.of();
    }
}
