package io.bowline.rpc.transport.netty;

import org.jspecify.annotations.Nullable;

/** Something that any thread hands to a connection's I/O thread through its {@link Mailbox}; in one mailbox, once. */
interface Mail {
    /** The link of the mailbox; nobody else's. */
    @Nullable
    Mail next();

    void next(@Nullable Mail next);

    /** On the I/O thread. */
    void deliver();

    /** In place of {@link #deliver}, on any thread, when the I/O thread has ended. */
    void undeliverable();
}
