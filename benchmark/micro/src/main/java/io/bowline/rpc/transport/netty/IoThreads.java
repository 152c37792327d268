package io.bowline.rpc.transport.netty;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Lets JMH measure on the transport's own kind of threads, which carry memory that is used again. */
public final class IoThreads extends ThreadPoolExecutor {
    static final String CUSTOM = "-Djmh.executor=CUSTOM";
    static final String CLASS = "-Djmh.executor.class=io.bowline.rpc.transport.netty.IoThreads";

    /** As JMH calls it. */
    public IoThreads(int threads, String prefix) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), BowlineIoThread::new);
    }
}
