package io.bowline.rpc;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a service method, or a caller, may know of the call it is in. It stands at the user's door only: the engine
 * carries everything in the {@link Request}, reads this once when a proxy is called and sets it once around a service
 * method. Immutable, but for the labels of the answer. Thread-safe.
 *
 * <p>A call made in a handler inherits the handler's deadline, cancellation and {@linkplain Metadata#BAGGAGE baggage},
 * and no other incoming metadata. What is attached to the future of such a call, and who subscribes to its stream, runs in
 * the same context; to carry it to other threads, {@link #wrap(Runnable) wrap} a task or {@linkplain #carrying an executor}.
 */
public final class CallContext {
    /** No call. */
    public static final CallContext NONE = new CallContext(Metadata.EMPTY, Metadata.EMPTY, null, null, "");

    private static final AtomicReferenceFieldUpdater<CallContext, Metadata> ANSWERING =
            AtomicReferenceFieldUpdater.newUpdater(CallContext.class, Metadata.class, "answering");

    /** A place a thread that has entered a context; it stays, so that the next call finds it. */
    private static final ThreadLocal<@Nullable Place> CURRENT = new ThreadLocal<>();

    private static final class Place {
        private CallContext context = NONE;
    }

    private final Metadata incoming;
    private final Metadata outgoing;
    private final @Nullable Deadline deadline;
    private final @Nullable Cancellation cancellation;
    private final String peer;
    private final @Nullable Consumer<? super CallReport> reports;
    private final @Nullable Consumer<? super Metadata> receiver;

    /** The context of the handler, which this one was made of: it has the labels of the answer. */
    private final CallContext handler;

    /** What goes back with the answer; changed through {@link #ANSWERING}. */
    private volatile Metadata answering = Metadata.EMPTY;

    /**
     * Of a call that a server takes, or of nobody's: nobody asked for reports.
     *
     * @param incoming what came with the call that this handler serves
     * @param outgoing what goes with the calls made in this context
     * @param deadline what calls made in this context inherit
     * @param cancellation raised when the caller of this handler no longer wants the answer
     * @param peer who called, as the transport knows it: an address and, after a blank, the subject of the certificate
     *     that was shown, if one was; empty outside a handler
     */
    public CallContext(
            Metadata incoming,
            Metadata outgoing,
            @Nullable Deadline deadline,
            @Nullable Cancellation cancellation,
            String peer) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.deadline = deadline;
        this.cancellation = cancellation;
        this.peer = peer;
        reports = null;
        receiver = null;
        handler = this;
    }

    /** Another for the calls that are made in it. */
    private CallContext(
            CallContext from,
            Metadata outgoing,
            @Nullable Deadline deadline,
            @Nullable Cancellation cancellation,
            @Nullable Consumer<? super CallReport> reports,
            @Nullable Consumer<? super Metadata> receiver) {
        this.incoming = from.incoming;
        this.outgoing = outgoing;
        this.deadline = deadline;
        this.cancellation = cancellation;
        this.peer = from.peer;
        this.reports = reports;
        this.receiver = receiver;
        this.handler = from.handler;
    }

    /** The context of this thread; {@link #NONE} outside any. */
    public static CallContext current() {
        Place place = CURRENT.get();
        return place == null ? NONE : place.context;
    }

    /** What came with the call that this handler serves. */
    public Metadata incoming() {
        return incoming;
    }

    /** What goes with the calls made in this context. */
    public Metadata outgoing() {
        return outgoing;
    }

    /** What calls made in this context inherit; null if there is none. */
    public @Nullable Deadline deadline() {
        return deadline;
    }

    /** Raised when the caller of this handler no longer wants the answer; null outside a handler. */
    public @Nullable Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Who called, as the transport knows it: an address and, after a blank, the subject of the certificate that was shown,
     * if one was; empty outside a handler.
     */
    public String peer() {
        return peer;
    }

    /** Gets a report of each call made in this context; null if nobody asked for any. */
    public @Nullable Consumer<? super CallReport> reports() {
        return reports;
    }

    /** Gets the labels of each answer to a call made in this context; null if nobody asked for any. */
    public @Nullable Consumer<? super Metadata> receiver() {
        return receiver;
    }

    /** This context, sending one more label with the calls made in it. */
    public CallContext sending(String key, String value) {
        return new CallContext(this, outgoing.with(key, value), deadline, cancellation, reports, receiver);
    }

    /** This context, without the deadline and the cancellation that its calls would inherit. */
    public CallContext detached() {
        return new CallContext(this, outgoing, null, null, reports, receiver);
    }

    /**
     * This context, in which each call is recorded and reported when it has ended, be it answered or not.
     *
     * @param reports gets them as a {@link CallListener} does
     */
    public CallContext reporting(Consumer<? super CallReport> reports) {
        return new CallContext(this, outgoing, deadline, cancellation, reports, receiver);
    }

    /**
     * This context, in which somebody is told the labels of each answer, be they none.
     *
     * @param receiver is told before the caller has the answer, on a thread that may block. A call that fails has no labels;
     *     an answer that another call has fetched, for a cache say, comes with the labels that it had
     */
    public CallContext receiving(Consumer<? super Metadata> receiver) {
        return new CallContext(this, outgoing, deadline, cancellation, reports, receiver);
    }

    /**
     * Has one more label go back with the answer of this handler, if it succeeds; a former one of this key is replaced.
     * What is said after the method has returned, or its stage has ended, is not sent.
     *
     * @throws IllegalStateException outside a handler
     */
    public void answerWith(String key, String value) {
        if (handler.cancellation == null) {
            throw new IllegalStateException(
                    "answerWith(\"" + key + "\") outside a handler (expected: in a service method)");
        }
        ANSWERING.updateAndGet(handler, said -> said.with(key, value));
    }

    /** What goes back with the answer, as far as it has been said. */
    public Metadata answering() {
        return handler.answering;
    }

    /** Makes this the thread's context until the scope is closed, on the same thread. */
    public Scope enter() {
        Place place = place();
        CallContext former = place.context;
        place.context = this;
        return () -> place.context = former;
    }

    private static Place place() {
        Place place = CURRENT.get();
        if (place == null) {
            place = new Place();
            CURRENT.set(place);
        }
        return place;
    }

    /** Runs the task in this context, on this thread. */
    public void run(Runnable task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    /** Runs the task in this context, on this thread. */
    public <T extends @Nullable Object> T call(Supplier<T> task) {
        Scope scope = enter();
        try {
            return task.get();
        } finally {
            scope.close();
        }
    }

    /** The task, run in this context on whatever thread. */
    public Runnable wrap(Runnable task) {
        return () -> run(task);
    }

    /** The task, run in this context on whatever thread. */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
        return () -> {
            Scope scope = enter();
            try {
                return task.call();
            } finally {
                scope.close();
            }
        };
    }

    /** An executor whose tasks run in this context. */
    public Executor wrap(Executor executor) {
        return task -> executor.execute(wrap(task));
    }

    /** An executor whose tasks run in the context in which each is handed over. */
    public static Executor carrying(Executor executor) {
        return task -> executor.execute(current().wrap(task));
    }

    /** The time during which a context is current. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        /** Restores the former context. */
        @Override
        void close();
    }
}
