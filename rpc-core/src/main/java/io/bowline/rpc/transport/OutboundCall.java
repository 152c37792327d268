package io.bowline.rpc.transport;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;

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

    /** There will be no response. Called on an I/O thread, or before the hand-over returns; must neither block nor throw. */
    void failed(RpcException why);
}
