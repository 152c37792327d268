package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;

class LoadBalancerAdaptiveTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.adaptive();
    }
}
