package io.bowline.rpc.filter;

import io.bowline.rpc.RpcMethod;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kill switch that an operator may flip while the application runs: calls of what is degraded are not sent, their
 * fallback answers, and where there is none they fail as {@code DEGRADED}. One switch may serve several clients.
 * Thread-safe.
 */
public final class Degradation {
    private static final Logger log = LoggerFactory.getLogger(Degradation.class);

    /** What is degraded at one time; compared by identity, so that a filter need not ask again for each call. */
    static final class State {
        private static final State NOTHING = new State(Set.of());

        private final Set<String> targets;

        private State(Set<String> targets) {
            this.targets = Set.copyOf(targets);
        }

        boolean covers(RpcMethod method) {
            String service = method.service().toString();
            String name = method.name();
            int end = name.indexOf('(');
            return targets.contains(service)
                    || targets.contains(service + " " + name)
                    || (end > 0 && targets.contains(service + " " + name.substring(0, end)));
        }
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.NOTHING);

    /**
     * Switches calls off.
     *
     * @param target a service, {@code demo.Greeter} or {@code blue/demo.Greeter:1.2}; or a method of it, {@code
     *     demo.Greeter hello}, or one overload, {@code demo.Greeter hello(java.lang.String)}
     */
    public void force(String target) {
        if (target.isBlank()) {
            throw new IllegalArgumentException(
                    "target: '" + target + "' (expected: a service, or a service, a space" + " and a method)");
        }
        if (change(target, true)) {
            log.info("{} is degraded by force: its calls are not sent", target);
        }
    }

    /** Switches calls on again; named as they were switched off. */
    public void lift(String target) {
        if (change(target, false)) {
            log.info("{} is no longer degraded by force", target);
        }
    }

    /** What is switched off. */
    public Set<String> forced() {
        return state.get().targets;
    }

    private boolean change(String target, boolean forced) {
        State before = state.getAndUpdate(now -> {
            if (now.targets.contains(target) == forced) {
                return now;
            }
            Set<String> targets = new TreeSet<>(now.targets);
            if (forced) {
                targets.add(target);
            } else {
                targets.remove(target);
            }
            return new State(targets);
        });
        return before.targets.contains(target) != forced;
    }

    State state() {
        return state.get();
    }
}
