package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;

class LoadBalancerAvoidingTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.avoiding(node -> false, LoadBalancer.leastActive());
    }
}
