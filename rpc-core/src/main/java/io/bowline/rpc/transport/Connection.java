package io.bowline.rpc.transport;

import java.util.concurrent.CompletionStage;

/**
 * One multiplexed connection to a server, seen from the client. Thread-safe; nothing here blocks or throws.
 */
public interface Connection extends AutoCloseable {
    /**
     * Sends one request. The call hears exactly once how it ended: of the response, be it a success or a failure told by
     * the server; or of an {@link io.bowline.rpc.RpcException} when
     *
     * <ul>
     *   <li>the head's deadline passes: {@code DEADLINE_EXCEEDED}, never early, and the server is told to cancel;
     *   <li>its cancellation is raised: {@code CANCELLED}, and the server is told;
     *   <li>the connection ends: {@code CONNECTION_LOST};
     *   <li>the connection is draining, closed or full, the server does not accept the serializer, the body cannot be
     *       written, or the deadline has passed already ({@code BUDGET_SPENT}): the request was not sent, so it is
     *       {@code unprocessed}. So is one whose deadline or cancellation came before its first byte was sent.
     * </ul>
     *
     * <p>A one-way request hears of an empty success once it is handed to the socket.
     */
    void send(OutboundCall call);

    /**
     * Sends one request; the stage completes as {@link #send} says. Whoever completes or cancels the stage's future from
     * outside cancels the call.
     */
    default CompletionStage<Inbound<ResponseHead>> call(Outbound<RequestHead> request) {
        AwaitedCall call = new AwaitedCall(request);
        send(call);
        return call;
    }

    /** Whether calls may have streams here; a call that has is not sent where they may not. */
    default boolean streams() {
        return false;
    }

    /** What the server said of itself. */
    Peer peer();

    /**
     * Completes, on an I/O thread, when the server says that it is going away. The server is told that this was heard
     * after the stage's synchronous dependents have run; from then on {@link #call} refuses.
     */
    CompletionStage<Void> draining();

    /** Completes when the connection has ended, for whatever reason and never exceptionally. */
    CompletionStage<Void> closed();

    /** Ends the connection now; calls on it fail with {@code CONNECTION_LOST}. */
    @Override
    void close();
}
