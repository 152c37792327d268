package io.bowline.rpc.spring.properties;

import io.bowline.rpc.observe.AccessLogPolicy;
import io.bowline.rpc.observe.AccessLogPolicy.Arguments;
import io.bowline.rpc.observe.SlowCallPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is measured, traced and logged of calls.
 *
 * @param metrics Whether calls are measured, where there is a MeterRegistry or a bean of type Meters.
 * @param tracing Whether calls are observed and carry the trace context, where there is an ObservationRegistry.
 * @param jfr Whether calls are events of the JDK's flight recorder; without a recording they cost nothing.
 * @param accessLog The access log.
 * @param slowCalls The log of slow calls.
 */
public record ObserveProperties(
        @DefaultValue("true") boolean metrics,
        @DefaultValue("true") boolean tracing,
        @DefaultValue("true") boolean jfr,
        @DefaultValue AccessLogProperties accessLog,
        @DefaultValue SlowCallProperties slowCalls) {

    /**
     * The access log: an entry for each call that this application serves, to the logger {@code io.bowline.rpc.access}.
     *
     * @param enabled Whether there is one.
     * @param format Whether a call is a line or a JSON object: line or json.
     * @param share The part of the calls that are written, 0 to 1.
     * @param failures Whether all calls that fail are written, whatever the share.
     * @param argumentTypes Whether the classes of arguments are written; their values never are.
     */
    public record AccessLogProperties(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("line") AccessLogPolicy.Format format,
            @DefaultValue("1") double share,
            @DefaultValue("true") boolean failures,
            @DefaultValue("false") boolean argumentTypes) {
        /** As a policy. */
        public AccessLogPolicy policy() {
            return new AccessLogPolicy(share, failures, format, argumentTypes ? Arguments.TYPES : Arguments.NONE);
        }
    }

    /**
     * The log of slow calls, on both sides, to the logger {@code io.bowline.rpc.slow}.
     *
     * @param threshold From which duration on a call is slow. There is no log without it.
     * @param recorded The part of all calls, 0 to 1, that are recorded in any case, so that a slow one among them tells its
     *     whole story. 0 by default: only calls of methods that were slow of late are.
     * @param linesPerMinute How many entries are written in a minute. 20 by default.
     */
    public record SlowCallProperties(
            @Nullable Duration threshold,
            @Nullable Double recorded,
            @Nullable Integer linesPerMinute) {
        /** As a policy. */
        public SlowCallPolicy policy() {
            SlowCallPolicy base = SlowCallPolicy.DEFAULT;
            return new SlowCallPolicy(
                    Said.or(threshold, base.threshold()),
                    Said.or(recorded, base.recorded()),
                    Said.or(linesPerMinute, base.linesPerMinute()));
        }
    }
}
