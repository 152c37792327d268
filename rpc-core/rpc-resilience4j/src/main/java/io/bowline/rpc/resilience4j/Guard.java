package io.bowline.rpc.resilience4j;

import io.bowline.rpc.Code;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import org.jspecify.annotations.Nullable;

/**
 * One of resilience4j's objects, as calls pass it. Called by many threads at once, on whatever thread a call is on; never
 * blocks and never hands over to another thread.
 */
interface Guard {
    /** Lets a call begin, which is null, or tells why not. After each null comes exactly one {@link #left}. */
    @Nullable
    RpcException enter(RpcMethod method);

    /** A reading of the object's own clock. */
    default long clock() {
        return 0;
    }

    /**
     * A call that was let in has ended, as one of both says; both are null for a call that its caller gave up.
     *
     * @param began the {@link #clock()} after it was let in
     */
    void left(long began, @Nullable Response response, @Nullable RpcException failure);

    /** A refusal. The call was certainly not begun, so that it may be tried elsewhere. */
    static RpcException refusal(RpcMethod method, String by) {
        return RpcException.unprocessed(
                Code.OVERLOADED, method + " was kept out by " + by + " (resilience4j); it was not begun");
    }

    /** Refuses what would wait on the calling thread, which may be an I/O thread. */
    static RpcException wouldWait(RpcMethod method, String what, long millis, String setting) {
        return RpcException.unprocessed(
                Code.INVALID_CONFIGURATION,
                method + " was not begun: " + what + " (resilience4j) would block the calling thread for up to "
                        + millis + " ms, and a filter never does (expected: " + setting + " of zero)");
    }

    /** What resilience4j is to see of a failure: the service's own exception where there is one. */
    static Throwable seen(RpcException failure) {
        Throwable cause = failure.getCause();
        return failure.code() == Code.APPLICATION && cause != null ? cause : failure;
    }
}
