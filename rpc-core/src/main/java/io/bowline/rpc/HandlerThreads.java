package io.bowline.rpc;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run user code: virtual ones where the running JDK has them (21 and later), else up to 32
 * daemons or sixteen a core. They are woken as tasks need them: several short tasks may run on one thread,
 * one after the other, and a task that blocks or computes for long soon has the thread to itself.
 */
public final class HandlerThreads {
    private static final int PLATFORM_BASE = 32;
    private static final int CAPACITY = 1 << 14;
    private static final int IDLE_VIRTUAL = 256;

    private HandlerThreads() {}

    /**
     * A new executor; the caller shuts it down. It rejects a task when 16,384 wait.
     *
     * @param name what the threads are called, before a number
     */
    public static ExecutorService create(String name) {
        ThreadFactory virtual = virtualThreads(name + "-");
        if (virtual != null) {
            return new HandlerPool(virtual, Integer.MAX_VALUE, IDLE_VIRTUAL, CAPACITY, Timer.system());
        }
        int threads = Math.max(PLATFORM_BASE, 16 * Runtime.getRuntime().availableProcessors());
        return new HandlerPool(daemons(name + "-"), threads, threads, CAPACITY, Timer.system());
    }

    /** By reflection, since the compiler targets a release that has no virtual threads. */
    private static @Nullable ThreadFactory virtualThreads(String prefix) {
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named =
                    builderType.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            return (ThreadFactory) builderType.getMethod("factory").invoke(named);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException olderJdk) {
            return null;
        } catch (InvocationTargetException previewOnly) {
            return null;
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
