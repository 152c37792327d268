package io.bowline.benchmark.kit;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One thread calls without waiting, as long as no more than {@link #IN_FLIGHT} answers are outstanding. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AsyncCalls {
    static final int IN_FLIGHT = 256;
    static final int BATCH = 512;

    /** What is outstanding; an invocation leaves its last calls to the next one. */
    @State(Scope.Thread)
    public static class Window implements BiConsumer<@Nullable Object, @Nullable Throwable> {
        private final Semaphore free = new Semaphore(IN_FLIGHT);
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        void enter() throws Exception {
            free.acquire();
            Throwable thrown = failure.get();
            if (thrown != null) {
                throw new IllegalStateException("a call failed", thrown);
            }
        }

        @Override
        public void accept(@Nullable Object answer, @Nullable Throwable thrown) {
            if (thrown != null) {
                failure.compareAndSet(null, thrown);
            }
            free.release();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void existUser(Session session, Session.Calls calls, Window window) throws Exception {
        UserClient.Async async = session.async();
        for (int i = 0; i < BATCH; i++) {
            window.enter();
            calls.next();
            async.existUser(Users.EMAIL, window);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void createUser(Session session, Session.Calls calls, Window window) throws Exception {
        UserClient.Async async = session.async();
        for (int i = 0; i < BATCH; i++) {
            window.enter();
            async.createUser(calls.next(), window);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void getUser(Session session, Session.Calls calls, Window window) throws Exception {
        UserClient.Async async = session.async();
        for (int i = 0; i < BATCH; i++) {
            window.enter();
            async.getUser(calls.next(), window);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void listUser(Session session, Session.Calls calls, Window window) throws Exception {
        UserClient.Async async = session.async();
        for (int i = 0; i < BATCH; i++) {
            window.enter();
            async.listUser((int) calls.next(), window);
        }
    }
}
