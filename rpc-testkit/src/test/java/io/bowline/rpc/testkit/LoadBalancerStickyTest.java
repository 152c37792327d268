package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;
import java.util.Set;

class LoadBalancerStickyTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.sticky();
    }

    @Override
    protected Set<Quality> qualities() {
        return Set.of();
    }
}
