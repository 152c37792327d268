package io.bowline.rpc.transport.netty;

import io.bowline.rpc.transport.IoThread;
import io.bowline.rpc.wire.WireOutput;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread that carries connections: a daemon named {@code bowline-io-N}, N counting in the process. */
final class BowlineIoThread extends FastThreadLocalThread implements IoThread {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Where a batch of frames is put together; free between two tasks of the thread. */
    private final WireOutput batch = new WireOutput();

    BowlineIoThread(Runnable task) {
        super(task, "bowline-io-" + COUNT.incrementAndGet());
        setDaemon(true);
    }

    /** The current thread's batch, empty. */
    static WireOutput batch() {
        WireOutput batch = Thread.currentThread() instanceof BowlineIoThread thread ? thread.batch : new WireOutput();
        batch.reset();
        return batch;
    }
}
