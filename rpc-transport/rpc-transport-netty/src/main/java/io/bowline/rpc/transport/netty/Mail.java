package io.bowline.rpc.transport.netty;

import org.jspecify.annotations.Nullable;

/** Something that any thread hands to a connection's I/O thread through its {@link Mailbox}; in one mailbox, once. */
abstract class Mail {
    /** The mail that was put before it, and whether it is in a mailbox; nobody else's than the mailbox's. */
    @Nullable
    Mail below;

    boolean boxed;

    /** On the I/O thread. */
    abstract void deliver();

    /** In place of {@link #deliver}, on any thread, when the I/O thread has ended. */
    abstract void undeliverable();
}
