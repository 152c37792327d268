package io.bowline.rpc.transport;

import io.bowline.rpc.wire.WireInput;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A message that came in: its head is read, its body is not. The body is ordinary memory that belongs to whoever holds
 * the message, on any thread.
 *
 * @param <H> {@link RequestHead} or {@link ResponseHead}
 * @param stream of a request whose caller deals in streams, and so takes a streamed answer: the elements that come with it.
 *     It takes one subscriber, signals on an I/O thread, and without a subscriber nothing comes. Null for any other message
 */
public record Inbound<H>(H head, WireInput body, Flow.@Nullable Publisher<WireInput> stream) {
    /** A message without streams. */
    public Inbound(H head, WireInput body) {
        this(head, body, null);
    }
}
