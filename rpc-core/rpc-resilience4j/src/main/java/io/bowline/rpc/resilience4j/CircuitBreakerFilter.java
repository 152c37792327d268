package io.bowline.rpc.resilience4j;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls pass through circuit breakers of resilience4j. What an open one keeps out fails as {@code OVERLOADED} and was
 * certainly not begun. An end is told to the breaker on whichever thread ends the call; nothing is scheduled here.
 *
 * <p>A breaker hears of the {@linkplain CircuitBreakerPolicy#TROUBLE codes} that tell of trouble as errors, and its own
 * {@code recordExceptions}, {@code ignoreExceptions} and predicates judge these. An exception of the service is an answer and
 * a success, unless {@link #counting} says otherwise. What tells nothing of the provider, as a cancelled call, is not
 * counted. Immutable and thread-safe.
 */
public final class CircuitBreakerFilter implements Filter {
    private final Function<String, CircuitBreaker> breakers;
    private final InstanceNames names;
    private final Set<Code> failures;

    private CircuitBreakerFilter(Function<String, CircuitBreaker> breakers, InstanceNames names, Set<Code> failures) {
        this.breakers = breakers;
        this.names = names;
        this.failures = failures;
    }

    /** Breakers of a registry, one for each method; the registry makes what it does not have by its default. */
    public static CircuitBreakerFilter of(CircuitBreakerRegistry registry) {
        return new CircuitBreakerFilter(
                registry::circuitBreaker, InstanceNames.perMethod(), CircuitBreakerPolicy.TROUBLE);
    }

    /** One breaker for all calls. */
    public static CircuitBreakerFilter of(CircuitBreaker breaker) {
        return new CircuitBreakerFilter(name -> breaker, InstanceNames.perMethod(), CircuitBreakerPolicy.TROUBLE);
    }

    /** The same, with breakers of other names; methods whose name is null pass none. */
    public CircuitBreakerFilter named(InstanceNames names) {
        return new CircuitBreakerFilter(breakers, names, failures);
    }

    /**
     * The same, counting these codes as errors. With {@code APPLICATION} among them, a breaker sees the service's exception
     * itself.
     */
    public CircuitBreakerFilter counting(Set<Code> failures) {
        if (failures.contains(Code.CANCELLED)) {
            throw new IllegalArgumentException(
                    "failures: CANCELLED (expected: without; a caller's change of mind is no failure)");
        }
        return new CircuitBreakerFilter(breakers, names, Set.copyOf(failures));
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return before(next).invoke(request);
    }

    @Override
    public Invoker before(Invoker next) {
        return new GuardedCalls(next, this::guard);
    }

    private @Nullable Guard guard(RpcMethod method) {
        String name = names.of(method);
        return name == null ? null : new BreakerGuard(breakers.apply(name), failures);
    }
}
