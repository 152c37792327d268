package io.bowline.rpc.transport.netty;

/** How a connection came to its end, which decides who is told of it, and how. */
enum Ending {
    /** One side wanted it, or the network did not carry on. */
    ORDINARY,
    /** One side did not take the other: a handshake of TLS has failed. */
    UNTRUSTED,
    /** One side broke the protocol. */
    BREACH
}
