package io.bowline.rpc.spring.properties;

import io.bowline.rpc.filter.RateLimitPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may begin.
 *
 * @param perSecond Calls a second in the long run. No limit by default.
 * @param burst Calls at once after a while without any. A tenth of a second's calls by default.
 */
public record RateLimitProperties(
        @Nullable Double perSecond, @Nullable Integer burst) {
    RateLimitPolicy policy() {
        if (perSecond == null) {
            return RateLimitPolicy.OFF;
        }
        RateLimitPolicy plain = RateLimitPolicy.perSecond(perSecond);
        return burst == null ? plain : new RateLimitPolicy(perSecond, burst);
    }
}
