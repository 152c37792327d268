package io.bowline.rpc.resilience4j;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcMethod;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls pass through rate limiters of resilience4j. What is over the rate fails as {@code OVERLOADED} and was certainly not
 * begun. A call never waits for its turn: a limiter whose {@code timeoutDuration} is not zero fails calls with {@code
 * INVALID_CONFIGURATION}, since it would block whatever thread the call is on. It is 5 s where nobody has set it. Immutable
 * and thread-safe.
 */
public final class RateLimiterFilter implements Filter {
    private final Function<String, RateLimiter> limiters;
    private final InstanceNames names;

    private RateLimiterFilter(Function<String, RateLimiter> limiters, InstanceNames names) {
        this.limiters = limiters;
        this.names = names;
    }

    /** Limiters of a registry, one for each method; the registry makes what it does not have by its default. */
    public static RateLimiterFilter of(RateLimiterRegistry registry) {
        return new RateLimiterFilter(registry::rateLimiter, InstanceNames.perMethod());
    }

    /** One limiter for all calls. */
    public static RateLimiterFilter of(RateLimiter limiter) {
        return new RateLimiterFilter(name -> limiter, InstanceNames.perMethod());
    }

    /** The same, with limiters of other names; methods whose name is null pass none. */
    public RateLimiterFilter named(InstanceNames names) {
        return new RateLimiterFilter(limiters, names);
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
        return name == null ? null : new LimiterGuard(limiters.apply(name));
    }
}
