package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Suggestions;
import java.util.List;
import java.util.stream.Stream;

/** What configuration can call a strategy. Built anew for each question: it is asked at start only. */
final class NamedStrategies {
    private NamedStrategies() {}

    static CallStrategy find(String name) {
        return all().filter(strategy -> strategy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RpcException.of(
                        Code.INVALID_CONFIGURATION,
                        "no strategy is named '" + name + "'; " + Suggestions.of(name, names())));
    }

    static List<String> names() {
        return all().map(CallStrategy::name).sorted().distinct().toList();
    }

    private static Stream<CallStrategy> all() {
        return Stream.concat(
                Stream.of(
                        CallStrategy.failover(),
                        CallStrategy.failfast(),
                        CallStrategy.failsafe(),
                        CallStrategy.failback(),
                        CallStrategy.forking(),
                        CallStrategy.hedging(),
                        CallStrategy.broadcast(),
                        CallStrategy.mergeable()),
                Plugins.load(CallStrategy.class, CallStrategy::name).all().stream());
    }
}
