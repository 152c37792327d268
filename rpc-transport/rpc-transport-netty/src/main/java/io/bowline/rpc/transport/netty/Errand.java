package io.bowline.rpc.transport.netty;

/** A task for the I/O thread, in the order of the other mail; forgotten when that thread has ended. */
final class Errand extends Mail {
    private final Runnable task;

    Errand(Runnable task) {
        this.task = task;
    }

    @Override
    void deliver() {
        task.run();
    }

    @Override
    void undeliverable() {
        // The connection has ended and has ended everything on it.
    }
}
