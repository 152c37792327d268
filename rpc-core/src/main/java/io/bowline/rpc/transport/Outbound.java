package io.bowline.rpc.transport;

import io.bowline.rpc.wire.WireOutput;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out. It writes itself: the transport picks thread, buffer and moment, and core never sees the
 * transport's buffers.
 *
 * @param <H> {@link RequestHead} or {@link ResponseHead}
 */
public interface Outbound<H> {
    H head();

    /**
     * Appends the body. Called once, on the thread that hands the message over, before that hand-over returns.
     *
     * @throws io.bowline.rpc.RpcException when the body cannot be written; then nothing of the message is sent: the
     *     call fails unprocessed, and a response is replaced by the {@link FailureMessage} of what was thrown
     */
    void writeTo(WireOutput body);

    /**
     * The stream that follows the message, null for none. Who sends a response subscribes once, whatever has become of the
     * call, and cancels what nobody wants; who sends a request subscribes when the server first asks for an element, or never.
     * A failure of the stream is a {@link StreamFailure}.
     */
    default Flow.@Nullable Publisher<Item> stream() {
        return null;
    }
}
