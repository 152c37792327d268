package io.bowline.rpc.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How observations of a client's calls are named; {@link DefaultRpcClientObservationConvention} unless it is replaced. */
public interface RpcClientObservationConvention extends ObservationConvention<RpcClientContext> {
    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof RpcClientContext;
    }
}
