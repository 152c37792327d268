package io.bowline.rpc.micrometer;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.observe.CallNames;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/** What both sides say of a call, in the words of OpenTelemetry. */
final class CallKeyValues {
    private CallKeyValues() {}

    /** The same keys whatever becomes of the call, as metrics need them. */
    static KeyValues ofFewValues(RpcMethod method, @Nullable Code failure) {
        return KeyValues.of(
                CallNames.SYSTEM,
                CallNames.BOWLINE,
                CallNames.SERVICE,
                CallNames.service(method),
                CallNames.METHOD,
                CallNames.method(method),
                CallNames.STATUS,
                CallNames.status(failure));
    }

    static KeyValues error(@Nullable Code failure) {
        return failure == null ? KeyValues.empty() : KeyValues.of(CallNames.ERROR, failure.name());
    }
}
