package io.bowline.rpc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on threads of its own, and wakes as few of them as the tasks need.
 *
 * <p>Waking a thread costs more than a short task takes. So a task that comes while a worker is awake is left to that
 * worker if it will not wait long there: the tasks ahead of it, times what tasks took of late, shared among those awake,
 * must stay below {@link #PATIENCE_NANOS}. A burst of short tasks, as one read of a socket brings, is then run by one
 * worker that was woken once, at the end of the read; tasks that block or compute for long get a worker each. A prediction can be wrong, so
 * while there is work the process's timer looks every {@link #LOOK}: tasks that wait and are not being taken get
 * another worker, and are taken to be slow from then on.
 *
 * <p>The lock guards who sleeps; it is held for a few instructions, and taken to wake a worker or to fall asleep only.
 */
final class HandlerPool extends AbstractExecutorService {
    private static final Logger log = LoggerFactory.getLogger(HandlerThreads.class);

    /** What a task may wait for a worker that is awake, rather than waking another. */
    private static final long PATIENCE_NANOS = 50_000;

    private static final Duration LOOK = Duration.ofMillis(2);

    /** As many tasks wait for the end of the burst that they came in; more are begun meanwhile. */
    private static final int BURST = 32;

    /** What tasks are taken to last once they were found stuck behind others. */
    private static final long SLOW_NANOS = 1_000_000;

    private static final long STEP_NANOS = 5_000;
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final VarHandle AVERAGE;

    static {
        try {
            AVERAGE = MethodHandles.lookup().findVarHandle(HandlerPool.class, "averageNanos", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Object lock = new Object();
    private final ThreadFactory threads;
    private final int maxThreads;
    private final int maxIdle;
    private final TaskQueue queue;
    private final Runnable afterBurst = this::wakeIfNeeded;
    private final Timer timer;
    private final CountDownLatch terminated = new CountDownLatch(1);
    private final AtomicInteger awake = new AtomicInteger();
    private final AtomicBoolean watched = new AtomicBoolean();

    /**
     * How long tasks took of late, see {@link #observe}; written by all workers, and the last one wins. Tasks are taken
     * to be slow until they have shown that they are not.
     */
    @SuppressWarnings("unused") // Read and written through AVERAGE.
    private long averageNanos = SLOW_NANOS;

    /** Those who sleep, the one who fell asleep last on top; guarded by the lock. */
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();

    /** All workers; guarded by the lock. */
    private final Set<Worker> workers = new HashSet<>();

    private volatile boolean shutdown;

    /** The timer's: how many tasks had been taken when it looked last. */
    private long polledAtLook;

    /**
     * @param maxThreads how many tasks run at once
     * @param maxIdle how many threads are kept for later work
     * @param capacity how many tasks wait, a power of two
     */
    HandlerPool(ThreadFactory threads, int maxThreads, int maxIdle, int capacity, Timer timer) {
        this.threads = threads;
        this.maxThreads = maxThreads;
        this.maxIdle = maxIdle;
        this.queue = new TaskQueue(capacity);
        this.timer = timer;
    }

    @Override
    public void execute(Runnable task) {
        if (shutdown) {
            throw new RejectedExecutionException("the executor is shut down");
        }
        if (!queue.offer(task)) {
            throw new RejectedExecutionException("the queue is full");
        }
        if (queue.size() < BURST
                && Thread.currentThread() instanceof BurstThread thread
                && thread.burst().atEnd(afterBurst)) {
            watch();
        } else {
            wakeIfNeeded();
        }
    }

    private void wakeIfNeeded() {
        int active = awake.get();
        if (active == 0 || queue.size() * (long) AVERAGE.getOpaque(this) > PATIENCE_NANOS * active) {
            wake();
        }
        watch();
    }

    /** Wakes the one who fell asleep last, or hires another, as long as there may be more. */
    private void wake() {
        Worker worker;
        synchronized (lock) {
            worker = idle.pollLast();
            if (worker == null) {
                hire();
                return;
            }
        }
        awake.incrementAndGet();
        worker.wake();
    }

    private void hire() {
        if (workers.size() == maxThreads) {
            return;
        }
        Worker worker = new Worker();
        workers.add(worker);
        awake.incrementAndGet();
        try {
            worker.thread.start();
        } catch (Throwable noThread) { // The machine may have one later: the next look tries again.
            workers.remove(worker);
            awake.decrementAndGet();
            log.error("No thread for a task", noThread);
        }
    }

    private void watch() {
        if (!watched.getPlain() && watched.compareAndSet(false, true)) {
            timer.schedule(LOOK, this::look);
        }
    }

    /** On the timer's thread: nobody may be stuck behind a task that turned out to be slow. */
    private void look() {
        long polled = queue.polled();
        boolean waiting = queue.size() > 0;
        boolean busy = polled != polledAtLook;
        if (waiting && !busy) {
            AVERAGE.setOpaque(this, Math.max(SLOW_NANOS, (long) AVERAGE.getOpaque(this)));
            wake();
        }
        polledAtLook = polled;
        if (!waiting && !busy) {
            watched.set(false);
            if (queue.size() == 0) {
                return;
            }
            watched.set(true);
        }
        timer.schedule(LOOK, this::look);
    }

    /**
     * One long task among short ones is rather a thread that the machine put aside for a while than a service that
     * blocks, so the average rises by steps and falls by eighths.
     */
    private void observe(long tookNanos) {
        long average = (long) AVERAGE.getOpaque(this);
        long change = tookNanos > average
                ? Math.min(tookNanos - average, average / 2 + STEP_NANOS)
                : (tookNanos - average) / 8;
        AVERAGE.setOpaque(this, average + change);
    }

    private final class Worker implements Runnable {
        private final Thread thread = threads.newThread(this);
        private volatile boolean asleep;

        @Override
        public void run() {
            do {
                work();
                yieldOnce(); // On a busy machine, those who bring work get to run, and this one need not be woken for
                // it.
                work();
            } while (sleep());
        }

        @SuppressWarnings(
                "ThreadPriorityCheck") // A hint that costs little where it is not taken; nothing depends on it.
        private static void yieldOnce() {
            Thread.yield();
        }

        private void work() {
            long begin = System.nanoTime();
            Runnable task;
            while ((task = queue.poll()) != null) {
                if (queue.size() > 0) {
                    wakeIfNeeded();
                }
                try {
                    task.run();
                } catch (Throwable thrown) {
                    log.error("A task of {} failed", thread.getName(), thrown);
                }
                if (Thread.interrupted() && shutdown) {
                    thread.interrupt(); // What one task leaves behind is none of the next one's, but for the end of
                    // all.
                }
                long end = System.nanoTime();
                observe(end - begin);
                begin = end;
            }
        }

        /** Until there is work; false when this worker is no longer needed. */
        private boolean sleep() {
            synchronized (lock) {
                if (shutdown || idle.size() >= maxIdle) {
                    return !leaves();
                }
                asleep = true;
                idle.addLast(this);
            }
            awake.decrementAndGet();
            if (queue.size() > 0 && withdraw()) {
                return true; // A task came before anybody could see that this one falls asleep.
            }
            long begin = System.nanoTime();
            while (asleep) {
                LockSupport.parkNanos(this, KEEP_ALIVE_NANOS);
                boolean unused = Thread.interrupted(); // or it would not park again
                boolean over = shutdown || System.nanoTime() - begin >= KEEP_ALIVE_NANOS;
                if (over && withdraw()) {
                    synchronized (lock) {
                        return !leaves();
                    }
                }
            }
            return true;
        }

        /** Under the lock: ends this worker, unless there is work. */
        private boolean leaves() {
            awake.decrementAndGet();
            if (queue.size() > 0) {
                awake.incrementAndGet();
                return false;
            }
            workers.remove(this);
            if (shutdown && workers.isEmpty()) {
                terminated.countDown();
            }
            return true;
        }

        /** Takes itself back from those who sleep; false when somebody is waking it just now. */
        private boolean withdraw() {
            synchronized (lock) {
                if (!idle.removeLastOccurrence(this)) {
                    return false;
                }
                asleep = false;
                awake.incrementAndGet();
                return true;
            }
        }

        private void wake() {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /** Takes no more tasks; those that wait are still run. */
    @Override
    public void shutdown() {
        synchronized (lock) {
            shutdown = true;
            idle.forEach(worker -> LockSupport.unpark(worker.thread));
            if (workers.isEmpty()) {
                terminated.countDown();
            }
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<Runnable> left = new ArrayList<>();
        Runnable task;
        while ((task = queue.poll()) != null) {
            left.add(task);
        }
        synchronized (lock) {
            workers.forEach(worker -> worker.thread.interrupt());
        }
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return terminated.await(timeout, unit);
    }
}
