package io.bowline.rpc.server;

import io.bowline.rpc.filter.ConcurrencyLimit;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.filter.RateLimitPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What keeps one service, or one of its methods, from taking all that the server has; where the service's own options say
 * nothing else.
 *
 * @param concurrency how many calls of each method may run at once
 * @param rate how many calls of each method may begin
 * @param bulkhead how many calls of each service may run at once
 */
record ServiceLimits(ConcurrencyLimitPolicy concurrency, RateLimitPolicy rate, ConcurrencyLimitPolicy bulkhead) {
    static final ServiceLimits NONE =
            new ServiceLimits(ConcurrencyLimitPolicy.OFF, RateLimitPolicy.OFF, ConcurrencyLimitPolicy.OFF);

    static final String ORIGIN = "server";

    /** The gate around all methods of a service; null where there is no limit. */
    @Nullable
    Gate bulkhead(ServiceExport export) {
        ConcurrencyLimitPolicy own = export.options().bulkhead();
        ConcurrencyLimitPolicy policy = own == null ? bulkhead : own;
        return policy.active()
                ? new ConcurrencyLimit(
                        "the bulkhead of " + export.contract().name(), policy, own == null ? ORIGIN : "service")
                : null;
    }
}
