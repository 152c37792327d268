package io.bowline.rpc.service;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other in the order in which they came, on an executor of which it takes one thread at a time.
 * Where that takes no more, they run on the thread that brings them. Thread-safe.
 */
public final class SerialTasks implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(SerialTasks.class);

    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    public SerialTasks(Executor executor) {
        this.executor = executor;
    }

    public void add(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        try {
            executor.execute(this);
        } catch (RejectedExecutionException full) {
            run();
        }
    }

    @Override
    public void run() {
        do {
            Runnable task = tasks.poll();
            try {
                if (task != null) {
                    task.run();
                }
            } catch (RuntimeException | Error thrown) {
                log.error("A signal of a stream failed", thrown);
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
