package io.bowline.rpc.transport;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import java.util.concurrent.Flow;

/**
 * A request on its way out, and the place where its end is told: one object a call, without a stage between the
 * connection and whoever waits.
 */
public interface OutboundCall extends Outbound<RequestHead> {
    /** A body of more bytes belongs to whom it is told and may be kept. */
    int OWN = 16 << 10;

    /**
     * The response has come, be it a success or a failure told by the server. Called on an I/O thread; must neither block
     * nor throw.
     *
     * @param body to be read before this returns, unless it has more than {@link #OWN} bytes: the memory is used again
     */
    void answered(ResponseHead head, WireInput body);

    /**
     * Whether streams belong to the call, its own or that of its answer; only for a connection that {@linkplain
     * Connection#streams() has them}.
     */
    default boolean streamed() {
        return false;
    }

    /**
     * The response has come, and a stream follows it, which takes one subscriber and signals on an I/O thread. It fails
     * with a {@link StreamFailure} of the server's, or with a {@link RpcException} of the connection's. Otherwise as
     * {@link #answered(ResponseHead, WireInput)}.
     */
    default void answered(ResponseHead head, WireInput body, Flow.Publisher<WireInput> stream) {
        answered(head, body);
    }

    /** There will be no response. Called on an I/O thread, or before the hand-over returns; must neither block nor throw. */
    void failed(RpcException why);
}
