package io.bowline.rpc;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A flag that is raised at most once and tells those who listen: the caller no longer wants the answer.
 *
 * <p>Thread-safe. Listeners run once, on the thread that cancels, or at once on the registering thread when the flag is
 * already up. They must not block and must not throw.
 */
public final class Cancellation {
    private static final Listener CANCELLED = new Listener(() -> {}, null);
    private static final AtomicReferenceFieldUpdater<Cancellation, @Nullable Listener> HEAD =
            AtomicReferenceFieldUpdater.newUpdater(Cancellation.class, Listener.class, "head");

    /** A stack of listeners; {@link #CANCELLED} once the flag is up. Written through {@link #HEAD}. */
    private volatile @Nullable Listener head;

    public boolean isCancelled() {
        return head == CANCELLED;
    }

    /** Raises the flag and runs the listeners; does nothing the second time. */
    public void cancel() {
        Listener listener = HEAD.getAndSet(this, CANCELLED);
        while (listener != null && listener != CANCELLED) {
            listener.action.run();
            listener = listener.next;
        }
    }

    /**
     * Runs the action when the flag goes up. Closing the registration forgets the action's references, so that a
     * long-lived cancellation does not keep short-lived listeners.
     */
    public Registration onCancel(Runnable action) {
        while (true) {
            Listener current = head;
            if (current == CANCELLED) {
                action.run();
                return () -> {};
            }
            Listener added = new Listener(action, withoutClosed(current));
            if (HEAD.compareAndSet(this, current, added)) {
                return added;
            }
        }
    }

    /** Drops closed listeners from the top of the stack, so that a chain of short calls does not grow it. */
    private static @Nullable Listener withoutClosed(@Nullable Listener listener) {
        Listener open = listener;
        while (open != null && open.closed) {
            open = open.next;
        }
        return open;
    }

    /** A place in the list of listeners. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Forgets the listener; it may still run when the flag goes up at this very moment. */
        @Override
        void close();
    }

    private static final class Listener implements Registration {
        private Runnable action;
        private final @Nullable Listener next;
        private volatile boolean closed;

        Listener(Runnable action, @Nullable Listener next) {
            this.action = action;
            this.next = next;
        }

        @Override
        public void close() {
            closed = true;
            action = () -> {};
        }
    }
}
