package io.bowline.rpc.server;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.filter.ConcurrencyLimit;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.filter.RateLimit;
import io.bowline.rpc.filter.RateLimitPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps one service, or one of its methods, from taking all that the server has.
 *
 * @param concurrency how many calls of each method may run at once
 * @param rate how many calls of each method may begin
 * @param bulkhead how many calls of each service may run at once
 */
record ServiceLimits(ConcurrencyLimitPolicy concurrency, RateLimitPolicy rate, ConcurrencyLimitPolicy bulkhead) {
    static final ServiceLimits NONE =
            new ServiceLimits(ConcurrencyLimitPolicy.OFF, RateLimitPolicy.OFF, ConcurrencyLimitPolicy.OFF);

    private static final String ORIGIN = "server";

    /** The gates of a method, outermost first: what is not counted against the rate need not be let in. */
    List<Gate> of(RpcMethod method, long nowNanos) {
        List<Gate> gates = new ArrayList<>();
        if (rate.active()) {
            gates.add(new RateLimit(method.toString(), rate, ORIGIN, nowNanos));
        }
        if (concurrency.active()) {
            gates.add(new ConcurrencyLimit(method.toString(), concurrency, ORIGIN));
        }
        return gates;
    }

    /** The gate around all methods of a service; null where there is no limit. */
    @Nullable
    Gate bulkhead(ServiceName service) {
        return bulkhead.active() ? new ConcurrencyLimit("the bulkhead of " + service, bulkhead, ORIGIN) : null;
    }
}
