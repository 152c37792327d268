package io.bowline.rpc.micrometer;

import io.bowline.rpc.observe.CallNames;
import io.micrometer.common.KeyValues;

/**
 * After OpenTelemetry's semantic conventions 1.45.0: the span is named {@code demo.Greeter/hello}; {@code error.type} is there
 * for calls that failed; {@code server.address} names the service, which stands for the group of its providers. The
 * observation's own name is {@value #NAME}, other than that of any measure of {@link io.bowline.rpc.observe.MetricsFilter}.
 */
public final class DefaultRpcClientObservationConvention implements RpcClientObservationConvention {
    /** The name of observations. */
    public static final String NAME = "rpc.client.call";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getContextualName(RpcClientContext context) {
        return CallNames.method(context.request().method());
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(RpcClientContext context) {
        return CallKeyValues.ofFewValues(context.request().method(), context.failure());
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(RpcClientContext context) {
        return CallKeyValues.error(context.failure())
                .and("server.address", context.request().method().service().toString());
    }
}
