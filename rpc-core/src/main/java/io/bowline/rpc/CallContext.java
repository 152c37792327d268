package io.bowline.rpc;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a service method, or a caller, may know of the call it is in. It stands at the user's door only: the engine
 * carries everything in the {@link Request}, reads this once when a proxy is called and sets it once around a service
 * method. Immutable.
 *
 * <p>A call made in a handler inherits the handler's deadline, cancellation and {@linkplain Metadata#BAGGAGE baggage},
 * and no other incoming metadata. To carry a context to another thread, take {@link #current()} and {@link #run} or
 * {@link #enter} it there.
 *
 * @param incoming what came with the call that this handler serves
 * @param outgoing what goes with the calls made in this context
 * @param deadline what calls made in this context inherit
 * @param cancellation raised when the caller of this handler no longer wants the answer
 * @param peer who called, as the transport knows it: an address and, after a blank, the subject of the certificate that
 *     was shown, if one was; empty outside a handler
 * @param reports gets a report of each call made in this context; null if nobody asked for any
 */
public record CallContext(
        Metadata incoming,
        Metadata outgoing,
        @Nullable Deadline deadline,
        @Nullable Cancellation cancellation,
        String peer,
        @Nullable Consumer<? super CallReport> reports) {

    /** Of a call that a server takes, or of nobody's: nobody asked for reports. */
    public CallContext(
            Metadata incoming,
            Metadata outgoing,
            @Nullable Deadline deadline,
            @Nullable Cancellation cancellation,
            String peer) {
        this(incoming, outgoing, deadline, cancellation, peer, null);
    }

    /** No call. */
    public static final CallContext NONE = new CallContext(Metadata.EMPTY, Metadata.EMPTY, null, null, "", null);

    /** A place a thread that has entered a context; it stays, so that the next call finds it. */
    private static final ThreadLocal<@Nullable Place> CURRENT = new ThreadLocal<>();

    private static final class Place {
        private CallContext context = NONE;
    }

    /** The context of this thread; {@link #NONE} outside any. */
    public static CallContext current() {
        Place place = CURRENT.get();
        return place == null ? NONE : place.context;
    }

    /** This context, sending one more label with the calls made in it. */
    public CallContext sending(String key, String value) {
        return new CallContext(incoming, outgoing.with(key, value), deadline, cancellation, peer, reports);
    }

    /** This context, without the deadline and the cancellation that its calls would inherit. */
    public CallContext detached() {
        return new CallContext(incoming, outgoing, null, null, peer, reports);
    }

    /**
     * This context, in which each call is recorded and reported when it has ended, be it answered or not.
     *
     * @param reports gets them as a {@link CallListener} does
     */
    public CallContext reporting(Consumer<? super CallReport> reports) {
        return new CallContext(incoming, outgoing, deadline, cancellation, peer, reports);
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

    /** The time during which a context is current. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        /** Restores the former context. */
        @Override
        void close();
    }
}
