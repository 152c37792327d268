package io.bowline.rpc;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run user code: virtual ones where the running JDK has them (21 and later), else a bounded pool of
 * daemons. Both bear the given name with a number.
 */
public final class HandlerThreads {
    private static final int POOL_SIZE = Math.max(32, 16 * Runtime.getRuntime().availableProcessors());
    private static final int QUEUE_SIZE = 4_096;

    private HandlerThreads() {}

    /** A new executor; the caller shuts it down. The bounded pool rejects a task when its queue is full. */
    public static ExecutorService create(String name) {
        ExecutorService virtual = virtualThreads(name + "-");
        return virtual != null ? virtual : boundedPool(name + "-");
    }

    /** By reflection, since the compiler targets a release that has no virtual threads. */
    private static @Nullable ExecutorService virtualThreads(String prefix) {
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named =
                    builderType.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            Object factory = builderType.getMethod("factory").invoke(named);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException olderJdk) {
            return null;
        } catch (InvocationTargetException previewOnly) {
            return null;
        }
    }

    private static ExecutorService boundedPool(String prefix) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                POOL_SIZE, POOL_SIZE, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_SIZE), daemons);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
