package io.bowline.rpc.transport;

import io.bowline.rpc.wire.WireOutput;

/** One element of a stream on its way out, which writes itself. */
@FunctionalInterface
public interface Item {
    /**
     * Appends the element. Called once, on the thread that hands it over, before that hand-over returns.
     *
     * @throws io.bowline.rpc.RpcException when it cannot be written; then the stream fails
     */
    void writeTo(WireOutput out);
}
