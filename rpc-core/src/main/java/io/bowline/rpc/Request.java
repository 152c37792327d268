package io.bowline.rpc;

import org.jspecify.annotations.Nullable;

/**
 * One call, complete: everything that it needs travels in it. Immutable by contract: {@code arguments} is not copied,
 * and nobody writes to it after construction.
 *
 * @param method what is called, resolved when the proxy was built
 * @param arguments the arguments in declaration order; elements may be null
 * @param metadata labels that travel ahead of the arguments
 * @param deadline when the caller stops waiting
 * @param cancellation fires when the caller no longer wants the answer
 * @param peer on a server, who calls, as the transport knows it; empty on a client
 * @param recorded on a client, takes down how it goes; null for nearly all calls, and on a server
 */
// One array a call, made by the proxy and read by the codec; requests are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Request(
        RpcMethod method,
        @Nullable Object[] arguments,
        Metadata metadata,
        Deadline deadline,
        Cancellation cancellation,
        String peer,
        @Nullable CallRecord recorded) {

    /** A call that nobody records. */
    public Request(
            RpcMethod method,
            @Nullable Object[] arguments,
            Metadata metadata,
            Deadline deadline,
            Cancellation cancellation,
            String peer) {
        this(method, arguments, metadata, deadline, cancellation, peer, null);
    }

    public Request withMetadata(Metadata metadata) {
        return new Request(method, arguments, metadata, deadline, cancellation, peer, recorded);
    }

    public Request withDeadline(Deadline deadline) {
        return new Request(method, arguments, metadata, deadline, cancellation, peer, recorded);
    }

    public Request withCancellation(Cancellation cancellation) {
        return new Request(method, arguments, metadata, deadline, cancellation, peer, recorded);
    }

    /** Names the method and never shows an argument: requests end up in logs. */
    @Override
    public String toString() {
        return "Request[" + method + ", " + deadline + "]";
    }
}
