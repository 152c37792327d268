package io.bowline.rpc.spring.properties;

import io.bowline.rpc.filter.HedgePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the strategy {@code hedging} asks a second provider.
 *
 * @param percentile After which part of the recent response times a hedge is sent, 0.5 to 0.999. 0.95 by default.
 * @param maxAttempts All attempts, the first included, 2 to 10. 2 by default.
 * @param shortest No hedge before so long. 1ms by default.
 * @param longest No hedge after so long. 1s by default.
 */
public record HedgeProperties(
        @Nullable Double percentile,
        @Nullable Integer maxAttempts,
        @Nullable Duration shortest,
        @Nullable Duration longest) {
    HedgePolicy policy() {
        HedgePolicy base = HedgePolicy.DEFAULT;
        return new HedgePolicy(
                Said.or(percentile, base.percentile()),
                Said.or(maxAttempts, base.maxAttempts()),
                Said.or(shortest, base.shortest()),
                Said.or(longest, base.longest()));
    }
}
