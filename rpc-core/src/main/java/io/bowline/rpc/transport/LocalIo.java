package io.bowline.rpc.transport;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one I/O thread of the local transport, for the whole process. Everything that the local transport keeps is
 * touched on it alone, so nothing there needs a lock. A daemon that lives as long as the class.
 */
final class LocalIo {
    private static final Logger log = LoggerFactory.getLogger(LocalTransport.class);

    private static final ScheduledThreadPoolExecutor EXECUTOR = executor();

    private LocalIo() {}

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, LocalIoThread::new);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    static void execute(Runnable task) {
        EXECUTOR.execute(() -> runLogged(task));
    }

    static Future<?> schedule(Duration delay, Runnable task) {
        return EXECUTOR.schedule(() -> runLogged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error thrown) {
            log.error("A task of the local transport failed", thrown);
        }
    }

    private static final class LocalIoThread extends Thread implements IoThread {
        LocalIoThread(Runnable task) {
            super(task, "bowline-local-io");
            setDaemon(true);
        }
    }
}
