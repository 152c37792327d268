package io.bowline.rpc.observe;

import io.bowline.rpc.RpcMethod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * One thing for each method by name, and one for all that are beyond a bound. Thread-safe.
 *
 * @param <T> the thing
 */
final class BoundedMethods<T> {
    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final int most;
    private final BiFunction<String, String, T> make;

    /** @param make from the names of a service and a method, or twice {@link CallNames#OTHER} */
    BoundedMethods(int most, BiFunction<String, String, T> make) {
        this.most = most;
        this.make = make;
    }

    /** A look-up by string: what is found is kept by who calls often. */
    T of(RpcMethod method) {
        String name = CallNames.method(method);
        T found = known.get(name);
        if (found != null) {
            return found;
        }
        // Several threads may get past the bound at once, by as many as they are.
        return name.equals(CallNames.OTHER) || known.size() >= most
                ? known.computeIfAbsent(CallNames.OTHER, other -> make.apply(other, other))
                : known.computeIfAbsent(name, own -> make.apply(CallNames.service(method), own));
    }
}
