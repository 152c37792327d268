package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;
import java.util.Set;

class LoadBalancerFirstAvailableTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.firstAvailable();
    }

    @Override
    protected Set<Quality> qualities() {
        return Set.of();
    }
}
