package io.bowline.rpc.transport.netty;

import io.bowline.rpc.wire.WireOutput;

/** A request or a response that waits in an {@link Outbox}. All methods are called on the connection's I/O thread. */
interface Message {
    /** Whether it is still to be sent; asked before each fragment. */
    boolean wanted();

    /** {@link Frames#REQUEST} or {@link Frames#RESPONSE}. */
    int type();

    /** The flags of the first frame, without {@link Frames#MORE}. */
    int flags();

    int id();

    /** Writes the head; at most {@link Heads#ROOM} bytes and the labels. */
    void writeHead(WireOutput out, long nowNanos);

    /** Bytes of the labels. */
    int labels();

    /** The array that begins with the body. */
    byte[] body();

    int bodyLength();

    /** The first bytes are on their way: from here on the peer may know of it. */
    void begun(long nowNanos);

    /** The last bytes are on their way. */
    void written();
}
