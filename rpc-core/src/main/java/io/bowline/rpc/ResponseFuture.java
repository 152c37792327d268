package io.bowline.rpc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The stage of one attempt of a call. An ordinary future to all who know no more; three things that nearly every call
 * needs cost no stage of their own: one who tries again when the attempt fails ({@link #recoverWith}), one who hears of
 * the end ({@link #onEnd}), and one thread that waits ({@link #await}). Thread-safe.
 */
public class ResponseFuture extends CompletableFuture<Response> {
    /** What becomes of a failed attempt. */
    @FunctionalInterface
    public interface Recovery {
        /** Called once, on the thread on which the attempt failed; must not block. */
        CompletionStage<Response> recover(Request request, RpcException failure);

        /**
         * This recovery for what another one, further in, leaves failed. Who is asked for each call may keep the answer:
         * the inner one is the same object for all calls of a method.
         */
        default Recovery outside(Recovery inner) {
            return (request, failure) -> inner.recover(request, failure)
                    .exceptionallyCompose(thrown -> recover(request, RpcException.from(thrown)));
        }
    }

    private static final VarHandle RECOVERY;
    private static final VarHandle LISTENER;
    private static final Object OVER = new Object();

    /** Stands for the thread that waited and was woken: it has to wake the next of its group. */
    private static final Object WOKEN = new Object();

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            RECOVERY = lookup.findVarHandle(ResponseFuture.class, "recovery", Object.class);
            LISTENER = lookup.findVarHandle(ResponseFuture.class, "listener", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Request request;

    /** A {@link Recovery}, or {@link #OVER} once the attempt has failed. */
    private volatile @Nullable Object recovery;

    /** The thread that waits, or {@link #WOKEN}, or the one who listens, or {@link #OVER} once they were told. */
    private volatile @Nullable Object listener;

    /** The next of the group that one {@link Burst} wakes; written before this one is woken. */
    private @Nullable ResponseFuture next;

    protected ResponseFuture(Request request) {
        this.request = request;
    }

    protected final Request request() {
        return request;
    }

    /** The attempt has failed: it ends as the recovery says, if there is one. */
    protected final void fail(RpcException failure) {
        Object known = RECOVERY.getAndSet(this, OVER);
        if (!(known instanceof Recovery somebody)) {
            completeExceptionally(failure);
            return;
        }
        CompletionStage<Response> instead;
        try {
            instead = somebody.recover(request, failure);
        } catch (Throwable thrown) {
            completeExceptionally(RpcException.from(thrown));
            return;
        }
        instead.whenComplete((response, thrown) -> {
            if (thrown == null) {
                complete(response);
            } else {
                completeExceptionally(RpcException.from(thrown));
            }
        });
    }

    /**
     * Puts somebody in charge of failure, or of what is left of it by whoever is in charge already; false if it is too
     * late, and nothing is changed then. Only for a stage that no other call shares.
     */
    public final boolean recoverWith(Recovery outer) {
        while (true) {
            Object known = recovery;
            if (known == OVER) {
                return false;
            }
            Recovery both = known instanceof Recovery inner ? outer.outside(inner) : outer;
            if (RECOVERY.compareAndSet(this, known, both)) {
                return true;
            }
        }
    }

    /**
     * Tells of the end, on the thread that ends the call, or at once if it has ended. What is told must not throw. Only
     * one can listen, or wait by {@link #await}; all others use the methods of a {@link CompletionStage}.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the listener hears of failures, too
    public final void onEnd(BiConsumer<? super @Nullable Response, ? super @Nullable Throwable> listener) {
        if (!LISTENER.compareAndSet(this, null, listener)) {
            whenComplete(listener);
        }
    }

    /**
     * Waits for the end, which {@link #join} or {@link #get()} then tell.
     *
     * @throws TimeoutException after so long
     */
    public final void await(long nanos) throws InterruptedException, TimeoutException {
        Thread thread = Thread.currentThread();
        if (isDone()) {
            return;
        }
        if (thread instanceof ForkJoinWorkerThread || !LISTENER.compareAndSet(this, null, thread)) {
            awaitElsewise(nanos);
            return;
        }
        try {
            park(nanos);
        } finally {
            if (!LISTENER.compareAndSet(this, thread, null) && LISTENER.getAndSet(this, OVER) == WOKEN) {
                wakeOne(next);
            }
        }
    }

    /** Sets who comes behind this one in its group. */
    final void next(ResponseFuture behind) {
        next = behind;
    }

    /**
     * Wakes the first of a group whose thread still waits. From then on that thread owes the same to those behind it,
     * and pays when it leaves {@link #await}, however it leaves.
     */
    static void wakeOne(@Nullable ResponseFuture group) {
        for (ResponseFuture ended = group; ended != null; ended = ended.next) {
            if (ended.listener instanceof Thread thread && LISTENER.compareAndSet(ended, thread, WOKEN)) {
                LockSupport.unpark(thread);
                return;
            }
        }
    }

    private void park(long nanos) throws InterruptedException, TimeoutException {
        long begin = System.nanoTime();
        for (long left = nanos; !isDone(); left = nanos - (System.nanoTime() - begin)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (left <= 0) {
                throw new TimeoutException();
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /** As any future does; worker threads of a fork-join pool let it start another in their place. */
    private void awaitElsewise(long nanos) throws InterruptedException, TimeoutException {
        try {
            get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException ended) {
            // The end is what was waited for.
        }
    }

    @Override
    public boolean complete(Response response) {
        return super.complete(response) && tell(response, null);
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        return super.completeExceptionally(thrown) && tell(null, thrown);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return super.cancel(mayInterruptIfRunning) && tell(null, new CancellationException());
    }

    private boolean tell(@Nullable Response response, @Nullable Throwable thrown) {
        if (listener instanceof Thread
                && Thread.currentThread() instanceof BurstThread reader
                && reader.burst().wakeLater(this)) {
            return true;
        }
        Object known = LISTENER.getAndSet(this, OVER);
        if (known instanceof Thread thread) {
            LockSupport.unpark(thread);
        } else if (known != null) {
            @SuppressWarnings("unchecked") // The only other thing that is put there.
            BiConsumer<@Nullable Response, @Nullable Throwable> somebody =
                    (BiConsumer<@Nullable Response, @Nullable Throwable>) known;
            somebody.accept(response, thrown);
        }
        return true;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
