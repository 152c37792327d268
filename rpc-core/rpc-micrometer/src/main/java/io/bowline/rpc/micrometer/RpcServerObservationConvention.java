package io.bowline.rpc.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How observations of a server's calls are named; {@link DefaultRpcServerObservationConvention} unless it is replaced. */
public interface RpcServerObservationConvention extends ObservationConvention<RpcServerContext> {
    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof RpcServerContext;
    }
}
