package io.bowline.rpc.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other in the order in which they came, on an executor of which it takes one thread at a time.
 * Thread-safe.
 */
final class SerialTasks implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(SerialTasks.class);

    private final Executor executor;
    private final Runnable whenFull;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param whenFull runs once, on the thread that brings a task, if the executor refuses it; none runs from then on */
    SerialTasks(Executor executor, Runnable whenFull) {
        this.executor = executor;
        this.whenFull = whenFull;
    }

    void add(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        try {
            executor.execute(this);
        } catch (RejectedExecutionException full) {
            whenFull.run(); // What waits is never let down to 0 again, so nobody else comes here.
        }
    }

    @Override
    public void run() {
        do {
            Runnable task = tasks.remove();
            try {
                task.run();
            } catch (RuntimeException | Error thrown) {
                log.error("What is published as a stream failed", thrown);
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
