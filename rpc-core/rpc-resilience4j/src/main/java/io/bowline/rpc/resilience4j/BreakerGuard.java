package io.bowline.rpc.resilience4j;

import io.bowline.rpc.Code;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker.
 *
 * @param failures what it is told of as an error; its own predicates have the last word on these
 */
record BreakerGuard(CircuitBreaker breaker, Set<Code> failures) implements Guard {
    @Override
    public @Nullable RpcException enter(RpcMethod method) {
        return breaker.tryAcquirePermission() ? null : Guard.refusal(method, why());
    }

    @Override
    public long clock() {
        return breaker.getCurrentTimestamp();
    }

    @Override
    public void left(long began, @Nullable Response response, @Nullable RpcException failure) {
        long took = breaker.getCurrentTimestamp() - began;
        if (response != null) {
            breaker.onResult(took, breaker.getTimestampUnit(), response.value());
        } else if (failure != null && failures.contains(failure.code())) {
            breaker.onError(took, breaker.getTimestampUnit(), Guard.seen(failure));
        } else if (failure != null && failure.code() == Code.APPLICATION) {
            breaker.onSuccess(took, breaker.getTimestampUnit());
        } else {
            // It tells nothing of the provider: in a half-open breaker, another call is the probe.
            breaker.releasePermission();
        }
    }

    private String why() {
        CircuitBreaker.Metrics window = breaker.getMetrics();
        return "circuit breaker '" + breaker.getName() + "', " + breaker.getState() + " with "
                + window.getNumberOfFailedCalls() + " of " + window.getNumberOfBufferedCalls() + " calls failed and "
                + window.getNumberOfSlowCalls() + " slow";
    }
}
