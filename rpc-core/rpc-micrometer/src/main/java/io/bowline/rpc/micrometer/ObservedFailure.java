package io.bowline.rpc.micrometer;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;

/** What an observation is told of a failure. */
final class ObservedFailure {
    private ObservedFailure() {}

    /** The service's own exception, where there is one; else the failure. */
    static Throwable of(RpcException failure) {
        Throwable cause = failure.getCause();
        return failure.code() == Code.APPLICATION && cause != null ? cause : failure;
    }
}
