package io.bowline.rpc.spring.properties;

import io.bowline.rpc.Code;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Options of calls. They may stand at three places, the inner before the outer: under {@code rpc.client.defaults}, under
 * {@code rpc.client.<name>}, and under {@code rpc.client.<name>.methods.<method>}.
 *
 * @param timeout How long a call may take, all attempts together. 3s by default.
 * @param retry How often and how soon calls are tried again.
 * @param strategy What a call does about failure: failover, failfast, failsafe, failback, forking, hedging, broadcast,
 *     mergeable, or the name of a bean. failover by default.
 * @param hedge When the strategy hedging asks a second provider.
 * @param forks How many providers the strategy forking asks, 2 to 10. 2 by default.
 * @param fallback The name of a bean that answers in place of calls that failed: an implementation of the contract.
 * @param fallbackFor The codes of failures for which the fallback answers. Whatever is nobody's decision by default.
 * @param circuitBreaker When a provider is no longer asked for a method that fails there.
 * @param concurrencyLimit How many calls of a method may be under way at one provider.
 * @param rateLimit How many calls of each method a reference begins.
 */
@ConfigurationProperties("rpc.client.defaults")
public record CallProperties(
        @Nullable Duration timeout,
        @NestedConfigurationProperty @Nullable RetryProperties retry,
        @Nullable String strategy,
        @NestedConfigurationProperty @Nullable HedgeProperties hedge,
        @Nullable Integer forks,
        @Nullable String fallback,
        @Nullable Set<Code> fallbackFor,
        @NestedConfigurationProperty @Nullable CircuitBreakerProperties circuitBreaker,
        @NestedConfigurationProperty @Nullable ConcurrencyLimitProperties concurrencyLimit,
        @NestedConfigurationProperty @Nullable RateLimitProperties rateLimit) {
    /** Nothing said. */
    public static final CallProperties SILENT =
            new CallProperties(null, null, null, null, null, null, null, null, null, null);
}
