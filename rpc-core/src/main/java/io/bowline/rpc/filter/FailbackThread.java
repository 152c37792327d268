package io.bowline.rpc.filter;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The process's one thread for calls that are delivered later: it may wait for a disk. It ends when it has no work. */
final class FailbackThread {
    private static final int MOST_WAITING = 10_000;
    private static final ThreadPoolExecutor THREAD = create();

    private FailbackThread() {}

    /** Runs a task, after those before it; fails when very many wait. */
    static void execute(Runnable task) {
        THREAD.execute(task);
    }

    private static ThreadPoolExecutor create() {
        ThreadPoolExecutor thread =
                new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    Thread named = new Thread(task, "bowline-failback");
                    named.setDaemon(true);
                    return named;
                });
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }
}
