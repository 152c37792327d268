package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;

class LoadBalancerShortestResponseTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.shortestResponse();
    }
}
