package io.bowline.rpc.spring.properties;

import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may be under way at once. With {@code max} alone the limit is fixed; with {@code min}, too, it is found
 * out by response times.
 *
 * @param min The lowest limit.
 * @param initial The limit to begin with. The smaller of 20 and max by default, or min where that is more.
 * @param max The highest limit. None by default.
 */
public record ConcurrencyLimitProperties(
        @Nullable Integer min,
        @Nullable Integer initial,
        @Nullable Integer max) {
    ConcurrencyLimitPolicy policy() {
        if (min == null && initial == null) {
            return max == null ? ConcurrencyLimitPolicy.OFF : ConcurrencyLimitPolicy.fixed(max);
        }
        ConcurrencyLimitPolicy base = ConcurrencyLimitPolicy.ADAPTIVE;
        int lowest = Said.or(min, base.min());
        int highest = Said.or(max, base.max());
        return new ConcurrencyLimitPolicy(
                lowest, Said.or(initial, Math.max(lowest, Math.min(highest, base.initial()))), highest);
    }
}
