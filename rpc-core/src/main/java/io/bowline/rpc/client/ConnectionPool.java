package io.bowline.rpc.client;

import io.bowline.rpc.Address;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one provider, shared by all references of a client. Thread-safe.
 *
 * <p>Logs a change of state once: connected, draining, lost; never an attempt.
 */
final class ConnectionPool {
    private static final Logger log = LoggerFactory.getLogger(RpcClient.class);
    private static final Duration LINGER = Duration.ofSeconds(60);
    private static final Duration LINGER_STEP = Duration.ofMillis(100);

    private final Address address;
    private final Timer timer;
    private final ConnectionSlot[] slots;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    /** The state that was last logged; guarded by this. */
    private ConnectionSlot.State told = ConnectionSlot.State.IDLE;

    ConnectionPool(Transport transport, Address address, int size, Timer timer, Backoff backoff) {
        this.address = address;
        this.timer = timer;
        this.slots = new ConnectionSlot[size];
        for (int i = 0; i < size; i++) {
            slots[i] = new ConnectionSlot(transport, address, timer, backoff, this::changed);
        }
    }

    Address address() {
        return address;
    }

    /** A connection that takes calls, or null. Several take turns at random, so that callers share no counter. */
    @Nullable
    Connection ready() {
        if (slots.length == 1) {
            return slots[0].ready();
        }
        int start = ThreadLocalRandom.current().nextInt(slots.length);
        for (int i = 0; i < slots.length; i++) {
            Connection connection = slots[(start + i) % slots.length].ready();
            if (connection != null) {
                return connection;
            }
        }
        return null;
    }

    /** Opens those that nobody has asked for yet; those that failed have their own time to try again. */
    void openIdle() {
        for (ConnectionSlot slot : slots) {
            if (slot.state() == ConnectionSlot.State.IDLE) {
                slot.open();
            }
        }
    }

    /** The best state of its connections. */
    ConnectionSlot.State state() {
        ConnectionSlot.State best = ConnectionSlot.State.CLOSED;
        for (ConnectionSlot slot : slots) {
            ConnectionSlot.State state = slot.state();
            best = state.compareTo(best) < 0 ? state : best;
        }
        return best;
    }

    /** Why it is down; null when it is not. */
    @Nullable
    RpcException lastFailure() {
        for (ConnectionSlot slot : slots) {
            RpcException failure = slot.lastFailure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    void callBegan() {
        inFlight.incrementAndGet();
    }

    void callEnded() {
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    private void changed() {
        tell();
        listeners.forEach(Runnable::run);
    }

    private void tell() {
        ConnectionSlot.State now = state();
        synchronized (this) {
            if (now == told || now == ConnectionSlot.State.CONNECTING) {
                return;
            }
            told = now;
        }
        switch (now) {
            case READY -> log.info("Connected to {}", address);
            case DRAINING -> log.info("{} is going away; new calls go elsewhere", address);
            case DOWN -> {
                RpcException failure = lastFailure();
                log.info(
                        "{} is not reachable, trying again: {}",
                        address,
                        failure == null ? "the connection was lost" : failure.getMessage());
            }
            default -> {}
        }
    }

    /** Closes the connections once nothing is in flight, and after a minute in any case. */
    void retire() {
        retire(timer.nanoTime() + LINGER.toNanos());
    }

    private void retire(long latest) {
        if (inFlight.get() == 0 || timer.nanoTime() - latest >= 0) {
            close();
        } else {
            timer.schedule(LINGER_STEP, () -> retire(latest));
        }
    }

    void close() {
        for (ConnectionSlot slot : slots) {
            slot.close();
        }
    }
}
