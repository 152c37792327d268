package io.bowline.rpc.micrometer;

import io.bowline.rpc.observe.CallNames;
import io.micrometer.common.KeyValues;

/**
 * After OpenTelemetry's semantic conventions 1.45.0: the span is named {@code demo.Greeter/hello}; {@code error.type} is there
 * for calls that failed; {@code network.peer.address} is who called, as the transport knows it. The observation's own name is
 * {@value #NAME}, other than that of any measure of {@link io.bowline.rpc.observe.MetricsFilter}.
 */
public final class DefaultRpcServerObservationConvention implements RpcServerObservationConvention {
    /** The name of observations. */
    public static final String NAME = "rpc.server.call";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getContextualName(RpcServerContext context) {
        return CallNames.method(context.request().method());
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(RpcServerContext context) {
        return CallKeyValues.ofFewValues(context.request().method(), context.failure());
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(RpcServerContext context) {
        KeyValues error = CallKeyValues.error(context.failure());
        String peer = context.request().peer();
        return peer.isEmpty() ? error : error.and("network.peer.address", peer);
    }
}
