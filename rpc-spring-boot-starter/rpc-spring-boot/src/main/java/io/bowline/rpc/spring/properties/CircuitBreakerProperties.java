package io.bowline.rpc.spring.properties;

import io.bowline.rpc.Code;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.CircuitBreakerPolicy.Slow;
import io.bowline.rpc.filter.CircuitBreakerPolicy.Window;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a provider is no longer asked for a method that fails there. Setting any of these turns breakers on.
 *
 * @param enabled Whether there are circuit breakers. Off by default; on where anything else of this group is set.
 * @param windowCalls Look back on the last so many calls, instead of a time.
 * @param windowTime Look back on the calls of the last so long. 10s by default.
 * @param minCalls Fewer calls than this in the window say nothing. 20 by default.
 * @param failureRate The part of the calls, above 0 and at most 1, that opens it by failing. 0.5 by default.
 * @param slowAfter A call that takes longer is slow. No call is by default.
 * @param slowRate The part of the calls that opens it by being slow. 1 by default.
 * @param open How long it keeps calls out before it lets probes in. 5s by default.
 * @param probes How many calls must go well to close it. 3 by default.
 * @param failures The codes that count as failures. DEADLINE_EXCEEDED, CONNECTION_LOST, OVERLOADED, INTERNAL and
 *     PROTOCOL_ERROR by default.
 */
public record CircuitBreakerProperties(
        @Nullable Boolean enabled,
        @Nullable Integer windowCalls,
        @Nullable Duration windowTime,
        @Nullable Integer minCalls,
        @Nullable Double failureRate,
        @Nullable Duration slowAfter,
        @Nullable Double slowRate,
        @Nullable Duration open,
        @Nullable Integer probes,
        @Nullable Set<Code> failures) {
    CircuitBreakerPolicy policy() {
        if (Boolean.FALSE.equals(enabled)) {
            return CircuitBreakerPolicy.OFF;
        }
        CircuitBreakerPolicy base = CircuitBreakerPolicy.DEFAULT;
        int least = Said.or(minCalls, base.window().minCalls());
        return new CircuitBreakerPolicy(
                windowCalls == null
                        ? Window.ofTime(Said.or(windowTime, base.window().time()), least)
                        : new Window(windowCalls, Said.or(windowTime, Duration.ZERO), Math.min(least, windowCalls)),
                Said.or(failureRate, base.failureRate()),
                new Slow(
                        Said.or(slowAfter, base.slow().after()),
                        Said.or(slowRate, base.slow().rate())),
                Said.or(open, base.open()),
                Said.or(probes, base.probes()),
                Said.or(failures, base.failures()));
    }
}
