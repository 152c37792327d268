package io.bowline.rpc.balance;

import io.bowline.rpc.Code;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Suggestions;
import java.util.List;
import java.util.stream.Stream;

/** What configuration can call a balancer. Built anew for each question: it is asked at start only. */
final class NamedBalancers {
    private NamedBalancers() {}

    static LoadBalancer find(String name) {
        String keyed = LoadBalancer.consistentHash().name() + ":";
        if (name.startsWith(keyed)) {
            return LoadBalancer.consistentHash(RequestKey.parse(name.substring(keyed.length())));
        }
        return all().filter(balancer -> balancer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RpcException.of(
                        Code.INVALID_CONFIGURATION,
                        "no load balancer is named '" + name + "'; " + Suggestions.of(name, names())));
    }

    static List<String> names() {
        return all().map(LoadBalancer::name).sorted().distinct().toList();
    }

    private static Stream<LoadBalancer> all() {
        return Stream.concat(
                Stream.of(
                        LoadBalancer.peakEwma(),
                        LoadBalancer.leastActive(),
                        LoadBalancer.shortestResponse(),
                        LoadBalancer.adaptive(),
                        LoadBalancer.consistentHash(),
                        LoadBalancer.sticky(),
                        LoadBalancer.firstAvailable(),
                        LoadBalancer.roundRobin(),
                        LoadBalancer.random()),
                Plugins.load(LoadBalancer.class, LoadBalancer::name).all().stream());
    }
}
