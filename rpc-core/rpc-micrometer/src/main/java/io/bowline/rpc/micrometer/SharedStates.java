package io.bowline.rpc.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the gauges of one registry read, by name and labels. A registry keeps the first gauge of a name and what that reads;
 * so all who ask have to get the same. Held as long as the registry is. Thread-safe.
 */
final class SharedStates {
    /** No state knows its registry, so that one may go. */
    private static final Map<MeterRegistry, SharedStates> BY_REGISTRY =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final Map<Key, Object> states = new ConcurrentHashMap<>();

    private record Key(String name, Map<String, String> labels) {}

    static SharedStates of(MeterRegistry registry) {
        return BY_REGISTRY.computeIfAbsent(registry, fresh -> new SharedStates());
    }

    <T> T of(String name, Map<String, String> labels, Class<T> type, Supplier<T> fresh) {
        Object state = states.computeIfAbsent(new Key(name, Map.copyOf(labels)), absent -> fresh.get());
        if (!type.isInstance(state)) {
            throw new IllegalArgumentException(name + " is read from a "
                    + state.getClass().getSimpleName() + " (expected: a " + type.getSimpleName() + ")");
        }
        return type.cast(state);
    }
}
