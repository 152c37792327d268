package io.bowline.rpc.spring.properties;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is measured, traced and logged of calls.
 *
 * @param metrics Whether calls are measured, where there is a MeterRegistry.
 * @param tracing Whether calls are observed and carry the trace context, where there is an ObservationRegistry.
 * @param accessLog The access log.
 * @param slowCalls The log of slow calls.
 */
public record ObserveProperties(
        @DefaultValue("true") boolean metrics,
        @DefaultValue("true") boolean tracing,
        @DefaultValue AccessLogProperties accessLog,
        @DefaultValue SlowCallProperties slowCalls) {

    /**
     * The access log: a line for each call that a server answers, to the logger {@code io.bowline.rpc.access}.
     *
     * @param enabled Whether there is one.
     * @param format Whether a call is a line or a JSON object: line or json.
     * @param sample The part of the calls that are logged, 0 to 1.
     */
    public record AccessLogProperties(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("line") String format,
            @DefaultValue("1") double sample) {}

    /**
     * The log of slow calls, with their times.
     *
     * @param threshold A call that takes longer is slow. None is by default.
     */
    public record SlowCallProperties(@Nullable Duration threshold) {}
}
