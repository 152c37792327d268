package io.bowline.rpc.resilience4j;

import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A rate limiter. It hears of results only because it may be set to end its period on one of them. */
record LimiterGuard(RateLimiter limiter) implements Guard {
    @Override
    public @Nullable RpcException enter(RpcMethod method) {
        // Asked for each call: it may be changed while the limiter is in use.
        Duration wait = limiter.getRateLimiterConfig().getTimeoutDuration();
        if (!wait.isZero()) {
            return Guard.wouldWait(method, name(), wait.toMillis(), "timeoutDuration");
        }
        return limiter.acquirePermission() ? null : Guard.refusal(method, why());
    }

    @Override
    public void left(long began, @Nullable Response response, @Nullable RpcException failure) {
        if (response != null) {
            limiter.onResult(response.value());
        } else if (failure != null) {
            limiter.onError(Guard.seen(failure));
        }
    }

    private String why() {
        RateLimiterConfig config = limiter.getRateLimiterConfig();
        return name() + ", " + config.getLimitForPeriod() + " calls in "
                + config.getLimitRefreshPeriod().toMillis() + " ms";
    }

    private String name() {
        return "rate limiter '" + limiter.getName() + "'";
    }
}
