package io.bowline.rpc.discovery;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The daemon threads on which watchers hear of changes: at most four a process, and none while nothing changes. The
 * queue needs no bound of its own, each watch stands in it once at most.
 */
final class DiscoveryThreads {
    private static final int MOST = 4;
    private static final AtomicInteger number = new AtomicInteger();
    private static final ThreadPoolExecutor threads = create();

    private DiscoveryThreads() {}

    static Executor shared() {
        return threads;
    }

    private static ThreadPoolExecutor create() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(MOST, MOST, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "bowline-discovery-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
