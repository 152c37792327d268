package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Burst;
import io.bowline.rpc.BurstThread;
import io.bowline.rpc.transport.IoThread;
import io.bowline.rpc.wire.WireOutput;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread that carries connections: a daemon named {@code bowline-io-N}, N counting in the process. */
final class BowlineIoThread extends FastThreadLocalThread implements IoThread, BurstThread {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Where a batch of frames is put together; free between two tasks of the thread. */
    private final WireOutput batch = new WireOutput();

    private final Burst burst = new Burst();

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

    /** A read has brought something. */
    static void beginBurst() {
        if (Thread.currentThread() instanceof BowlineIoThread thread) {
            thread.burst.begin();
        }
    }

    /** All that the read has brought is handed over. */
    static void endBurst() {
        if (Thread.currentThread() instanceof BowlineIoThread thread) {
            thread.burst.end();
        }
    }

    @Override
    public Burst burst() {
        return burst;
    }
}
