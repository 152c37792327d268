package io.bowline.rpc.client;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.Timer;
import io.bowline.rpc.filter.CircuitBreaker;
import io.bowline.rpc.filter.ConcurrencyLimit;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Gate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The gates of one provider, one for each method, made when the method is first called there: its circuit breaker, and
 * behind that its limit of concurrency. Thread-safe.
 */
final class NodeGates {
    /** Of generic calls, whose methods nobody has counted. */
    private static final int MOST = 10_000;

    /** Stands for a method without gates, since the map holds no null. */
    private static final Gate NONE = new ConcurrencyLimit("none", ConcurrencyLimitPolicy.OFF, "default");

    private final Address address;
    private final Function<RpcMethod, EffectiveOptions> options;
    private final Timer timer;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    NodeGates(Address address, Function<RpcMethod, EffectiveOptions> options, Timer timer) {
        this.address = address;
        this.options = options;
        this.timer = timer;
    }

    /** The gate of a method; null where nothing is set for it. */
    @SuppressWarnings("ReferenceEquality") // The one gate that stands for none.
    @Nullable
    Gate of(RpcMethod method) {
        Gate known = gates.get(method.name());
        if (known == null) {
            if (gates.size() >= MOST) {
                return null;
            }
            known = gates.computeIfAbsent(method.name(), name -> make(method));
        }
        return known == NONE ? null : known;
    }

    private Gate make(RpcMethod method) {
        EffectiveOptions effective = options.apply(method);
        String name = method + " at " + address;
        Gate breaker = effective.circuitBreaker().value().active()
                ? new CircuitBreaker(
                        name,
                        effective.circuitBreaker().value(),
                        effective.circuitBreaker().origin(),
                        timer.nanoTime())
                : null;
        Gate limit = effective.concurrencyLimit().value().active()
                ? new ConcurrencyLimit(
                        name,
                        effective.concurrencyLimit().value(),
                        effective.concurrencyLimit().origin())
                : null;
        if (breaker != null && limit != null) {
            return new Both(breaker, limit);
        }
        return breaker != null ? breaker : limit != null ? limit : NONE;
    }

    /** Two gates, one behind the other. */
    private record Both(Gate outer, Gate inner) implements Gate {
        @Override
        public boolean tryEnter(long nowNanos) {
            if (!outer.tryEnter(nowNanos)) {
                return false;
            }
            if (inner.tryEnter(nowNanos)) {
                return true;
            }
            outer.withdrawn();
            return false;
        }

        @Override
        public void left(long tookNanos, long nowNanos, @Nullable Code failure) {
            outer.left(tookNanos, nowNanos, failure);
            inner.left(tookNanos, nowNanos, failure);
        }

        @Override
        public void withdrawn() {
            outer.withdrawn();
            inner.withdrawn();
        }

        @Override
        public String why(long nowNanos) {
            return outer.why(nowNanos) + ", and " + inner.why(nowNanos);
        }
    }
}
