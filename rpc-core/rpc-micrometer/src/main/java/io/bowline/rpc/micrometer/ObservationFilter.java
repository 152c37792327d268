package io.bowline.rpc.micrometer;

import io.bowline.rpc.Filter;
import io.micrometer.observation.ObservationRegistry;

/**
 * Filters that observe calls with Micrometer: each call is an {@link io.micrometer.observation.Observation}, on its client and
 * on its server, and with a tracer both are spans of one trace, whose context travels in the call's metadata ({@code
 * traceparent}, {@code tracestate}, {@code baggage}: whatever the tracer's propagator writes). On a server the observation is
 * current while the service method runs, so that what that logs, observes or calls belongs to it; a stage that it returns may
 * end on any thread.
 *
 * <pre>{@code
 * RpcClient.builder().filter(ObservationFilter.client(registry))
 * RpcServer.builder().filter(ObservationFilter.server(registry))
 * }</pre>
 *
 * <p>A call costs next to nothing while nobody handles observations.
 */
public final class ObservationFilter {
    private ObservationFilter() {}

    /** For all calls of a client. */
    public static Filter client(ObservationRegistry registry) {
        return client(registry, new DefaultRpcClientObservationConvention());
    }

    /** The same with other names. A convention that the registry knows comes first. */
    public static Filter client(ObservationRegistry registry, RpcClientObservationConvention convention) {
        return new ClientObservationFilter(registry, convention);
    }

    /** For all calls of a server. */
    public static Filter server(ObservationRegistry registry) {
        return server(registry, new DefaultRpcServerObservationConvention());
    }

    /** The same with other names. A convention that the registry knows comes first. */
    public static Filter server(ObservationRegistry registry, RpcServerObservationConvention convention) {
        return new ServerObservationFilter(registry, convention);
    }
}
