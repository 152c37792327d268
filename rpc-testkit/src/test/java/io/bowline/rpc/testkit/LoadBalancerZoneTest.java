package io.bowline.rpc.testkit;

import io.bowline.rpc.balance.LoadBalancer;

class LoadBalancerZoneTest extends LoadBalancerContract {
    @Override
    protected LoadBalancer balancer() {
        return LoadBalancer.inZone("", LoadBalancer.peakEwma());
    }
}
