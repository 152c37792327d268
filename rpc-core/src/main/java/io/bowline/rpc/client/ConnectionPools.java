package io.bowline.rpc.client;

import io.bowline.rpc.Address;
import io.bowline.rpc.Timer;
import io.bowline.rpc.transport.Transport;
import java.util.HashMap;
import java.util.Map;

/** The pools of a client by address, each for as long as some reference needs it. Thread-safe. */
final class ConnectionPools implements AutoCloseable {
    private final Transport transport;
    private final int connections;
    private final boolean lazy;
    private final Timer timer;

    /** Guarded by this. */
    private final Map<Address, Shared> pools = new HashMap<>();

    private static final class Shared {
        final ConnectionPool pool;
        int users;

        Shared(ConnectionPool pool) {
            this.pool = pool;
        }
    }

    /**
     * @param connections how many to each provider
     * @param lazy whether to connect with the first call rather than when the provider is found
     */
    ConnectionPools(Transport transport, int connections, boolean lazy, Timer timer) {
        this.transport = transport;
        this.connections = connections;
        this.lazy = lazy;
        this.timer = timer;
    }

    boolean lazy() {
        return lazy;
    }

    /** The address's pool, until it is released. It may still have to be opened. */
    synchronized ConnectionPool acquire(Address address) {
        Shared shared = pools.computeIfAbsent(
                address, key -> new Shared(new ConnectionPool(transport, key, connections, timer, Backoff.DEFAULT)));
        shared.users++;
        return shared.pool;
    }

    /** Listens to the pool no more; the last user's release retires it. */
    void release(ConnectionPool pool, Runnable listener) {
        pool.forget(listener);
        synchronized (this) {
            Shared shared = pools.get(pool.address());
            if (shared == null || --shared.users > 0) {
                return;
            }
            pools.remove(pool.address());
        }
        pool.retire();
    }

    @Override
    public synchronized void close() {
        pools.values().forEach(shared -> shared.pool.close());
        pools.clear();
    }
}
