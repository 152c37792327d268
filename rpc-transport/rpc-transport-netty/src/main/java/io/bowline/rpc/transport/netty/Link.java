package io.bowline.rpc.transport.netty;

/** One side's conduct on a connection: what it does with frames. Called on the connection's I/O thread. */
interface Link extends FrameReader.Sink {
    /** The connection is open; time to say HELLO. */
    void opened();

    /** Everything that the socket took was sent. */
    void pumped();

    /**
     * The connection can carry nothing more. Called once; the socket may close a moment later.
     *
     * @param why in words, and {@code how} by kind
     */
    void ended(String why, Ending how);
}
