package io.bowline.rpc.observe;

import io.bowline.rpc.RpcMethod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

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

    /** The same for calls at one invoker, which are of one method nearly always: found by comparing one reference. */
    Last last() {
        return new Last();
    }

    /** Remembers the method it was asked for last. Thread-safe. */
    final class Last {
        /** A thread that does not see the newest looks its own up. */
        private @Nullable Known<T> newest;

        T of(RpcMethod method) {
            Known<T> found = newest;
            if (found == null || found.method != method) {
                found = new Known<>(method, BoundedMethods.this.of(method));
                newest = found;
            }
            return found.thing;
        }
    }

    private record Known<T>(RpcMethod method, T thing) {}
}
