package io.bowline.rpc.transport.netty;

import org.jspecify.annotations.Nullable;

/** A task for the I/O thread, in the order of the other mail; forgotten when that thread has ended. */
final class Errand implements Mail {
    private final Runnable task;
    private @Nullable Mail next;

    Errand(Runnable task) {
        this.task = task;
    }

    @Override
    public void deliver() {
        task.run();
    }

    @Override
    public void undeliverable() {
        // The connection has ended and has ended everything on it.
    }

    @Override
    public @Nullable Mail next() {
        return next;
    }

    @Override
    public void next(@Nullable Mail below) {
        next = below;
    }
}
