package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;

class LoadBalancerLeastActiveTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.leastActive();
    }
}
