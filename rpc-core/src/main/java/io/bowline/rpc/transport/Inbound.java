package io.bowline.rpc.transport;

import io.bowline.rpc.wire.WireInput;

/**
 * A message that came in: its head is read, its body is not. The body is ordinary memory that belongs to whoever holds
 * the message, on any thread.
 *
 * @param <H> {@link RequestHead} or {@link ResponseHead}
 * @param streamed of a request, whether its caller takes a streamed answer, {@link Outbound#stream()}
 */
public record Inbound<H>(H head, WireInput body, boolean streamed) {
    /** A message without streams. */
    public Inbound(H head, WireInput body) {
        this(head, body, false);
    }
}
