package io.bowline.rpc.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deliveries in memory. Nothing is left by earlier processes. */
final class MemoryRetryStore implements RetryStore {
    private final int capacity;

    /** Guarded by this. */
    private final Map<String, Delivery> kept = new HashMap<>();

    MemoryRetryStore(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: >= 1)");
        }
        this.capacity = capacity;
    }

    @Override
    public synchronized boolean keep(Delivery delivery) {
        if (kept.size() >= capacity && !kept.containsKey(delivery.id())) {
            return false;
        }
        kept.put(delivery.id(), delivery);
        return true;
    }

    @Override
    public synchronized void forget(String id) {
        kept.remove(id);
    }

    @Override
    public List<Delivery> claim(String method) {
        return List.of();
    }

    @Override
    public synchronized void close() {
        kept.clear();
    }
}
