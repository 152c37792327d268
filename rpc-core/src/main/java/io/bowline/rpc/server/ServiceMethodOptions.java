package io.bowline.rpc.server;

import io.bowline.rpc.Code;
import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What one scope sets, and nothing where it is silent: a service, or a method of it. Used by one thread. */
public final class ServiceMethodOptions {
    private @Nullable ConcurrencyLimitPolicy concurrencyLimit;
    private @Nullable RateLimitPolicy rateLimit;
    private @Nullable Boolean nonBlocking;
    private @Nullable Executor executor;

    ServiceMethodOptions() {}

    /** How many calls of a method may run at once. */
    public ServiceMethodOptions concurrencyLimit(ConcurrencyLimitPolicy policy) {
        this.concurrencyLimit = policy;
        return this;
    }

    /** How many calls of a method may begin in a second. */
    public ServiceMethodOptions rateLimit(RateLimitPolicy policy) {
        this.rateLimit = policy;
        return this;
    }

    /** Whether a method never blocks and runs on the I/O thread; overrides {@link NonBlocking}. */
    public ServiceMethodOptions nonBlocking(boolean nonBlocking) {
        this.nonBlocking = nonBlocking;
        return checked();
    }

    /**
     * What runs a method, which then is not {@linkplain NonBlocking non-blocking} whatever its annotations say. It stays
     * the caller's. What it rejects is refused as {@code OVERLOADED}.
     */
    public ServiceMethodOptions executor(Executor executor) {
        this.executor = executor;
        return checked();
    }

    private ServiceMethodOptions checked() {
        if (executor != null && Boolean.TRUE.equals(nonBlocking)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "an executor for what is non-blocking (expected: one of the two; what never blocks runs on the I/O"
                            + " thread)");
        }
        return this;
    }

    @Nullable
    ConcurrencyLimitPolicy concurrencyLimit() {
        return concurrencyLimit;
    }

    @Nullable
    RateLimitPolicy rateLimit() {
        return rateLimit;
    }

    /** Null where nothing is said of it; an executor says no. */
    @Nullable
    Boolean nonBlocking() {
        return (nonBlocking == null && executor != null) ? Boolean.FALSE : nonBlocking;
    }

    @Nullable
    Executor executor() {
        return executor;
    }
}
