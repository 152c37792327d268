package io.bowline.rpc.resilience4j;

import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A bulkhead made of a semaphore. */
record BulkheadGuard(Bulkhead bulkhead) implements Guard {
    @Override
    public @Nullable RpcException enter(RpcMethod method) {
        // Asked for each call: it may be changed while the bulkhead is in use.
        Duration wait = bulkhead.getBulkheadConfig().getMaxWaitDuration();
        if (!wait.isZero()) {
            return Guard.wouldWait(method, name(), wait.toMillis(), "maxWaitDuration");
        }
        return bulkhead.tryAcquirePermission() ? null : Guard.refusal(method, why());
    }

    @Override
    public void left(long began, @Nullable Response response, @Nullable RpcException failure) {
        bulkhead.onComplete();
    }

    private String why() {
        return name() + ", " + bulkhead.getMetrics().getMaxAllowedConcurrentCalls() + " calls at once";
    }

    private String name() {
        return "bulkhead '" + bulkhead.getName() + "'";
    }
}
