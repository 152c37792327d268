package io.bowline.rpc.client;

import io.bowline.rpc.Address;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Transport;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to an address: opens it, and opens it again when it is lost, after growing pauses.
 *
 * <p>Calls read {@link #ready()}, one volatile field. All else is guarded by this object's lock, which is never held while
 * foreign code runs.
 */
@SuppressWarnings("ReferenceEquality") // It is this very connection that matters.
final class ConnectionSlot implements AutoCloseable {
    /** From the best to the worst. */
    enum State {
        READY,
        CONNECTING,
        /** Nobody has asked for it yet. */
        IDLE,
        /** The server said that it goes away; calls in flight end on the old connection. */
        DRAINING,
        /** Waiting to try again. */
        DOWN,
        CLOSED
    }

    private final Transport transport;
    private final Address address;
    private final Timer timer;
    private final Backoff backoff;
    private final Runnable changed;

    private volatile @Nullable Connection ready;

    private State state = State.IDLE;
    private int failures;
    private @Nullable RpcException lastFailure;
    private @Nullable Connection draining;
    private Cancellation.@Nullable Registration alarm;

    /** @param changed told after each change of state, on any thread, without a lock held */
    ConnectionSlot(Transport transport, Address address, Timer timer, Backoff backoff, Runnable changed) {
        this.transport = transport;
        this.address = address;
        this.timer = timer;
        this.backoff = backoff;
        this.changed = changed;
    }

    /** The connection to use, or null while there is none. */
    @Nullable
    Connection ready() {
        return ready;
    }

    synchronized State state() {
        return state;
    }

    /** Why the last attempt failed; null since the last success. */
    synchronized @Nullable RpcException lastFailure() {
        return lastFailure;
    }

    /** Opens the connection unless that is done or under way. */
    void open() {
        synchronized (this) {
            if (state != State.IDLE && state != State.DOWN) {
                return;
            }
            state = State.CONNECTING;
        }
        CompletionStage<Connection> opening = transport.connect(address);
        opening.whenComplete((connection, thrown) -> {
            if (connection != null) {
                opened(connection);
            } else {
                failed(RpcException.from(thrown));
            }
        });
    }

    private void opened(Connection connection) {
        synchronized (this) {
            if (state != State.CLOSED) {
                state = State.READY;
                failures = 0;
                lastFailure = null;
                draining = null;
                ready = connection;
            }
        }
        if (ready != connection) {
            connection.close();
            return;
        }
        changed.run();
        connection.draining().thenRun(() -> left(connection, State.DRAINING));
        connection.closed().thenRun(() -> left(connection, State.DOWN));
    }

    /** The connection takes no more calls. Whoever picks reads the change before the server is told that it was heard. */
    private void left(Connection connection, State next) {
        synchronized (this) {
            boolean current = ready == connection || draining == connection;
            if (!current || state == State.CLOSED) {
                return;
            }
            ready = null;
            draining = next == State.DRAINING ? connection : null;
            state = next;
            if (next == State.DOWN) {
                scheduleOpen();
            }
        }
        changed.run();
    }

    private void failed(RpcException failure) {
        synchronized (this) {
            if (state == State.CLOSED) {
                return;
            }
            lastFailure = failure;
            state = State.DOWN;
            scheduleOpen();
        }
        changed.run();
    }

    /** Called with the lock held; scheduling runs nothing of ours on this thread. */
    private void scheduleOpen() {
        failures++;
        alarm = timer.schedule(backoff.after(failures), this::open);
    }

    @Override
    public void close() {
        Connection open;
        Connection old;
        Cancellation.Registration pending;
        synchronized (this) {
            open = ready;
            old = draining;
            pending = alarm;
            ready = null;
            draining = null;
            state = State.CLOSED;
        }
        if (pending != null) {
            pending.close();
        }
        if (open != null) {
            open.close();
        }
        if (old != null) {
            old.close();
        }
    }
}
