package io.bowline.rpc.client;

import io.bowline.rpc.filter.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one scope sets, and nothing where it is silent: a client's defaults, a reference, or a method. Used by one thread. */
public final class MethodOptions {
    private @Nullable Duration timeout;
    private @Nullable RetryPolicy retry;
    private @Nullable Boolean idempotent;

    MethodOptions() {}

    /** How long a call may take, all attempts together; more than zero. */
    public MethodOptions timeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
        }
        this.timeout = timeout;
        return this;
    }

    /** How often and how soon to try again. */
    public MethodOptions retry(RetryPolicy retry) {
        this.retry = retry;
        return this;
    }

    /** Whether a call of unknown outcome may be tried again; overrides the contract's annotation. */
    public MethodOptions idempotent(boolean idempotent) {
        this.idempotent = idempotent;
        return this;
    }

    @Nullable
    Duration timeout() {
        return timeout;
    }

    @Nullable
    RetryPolicy retry() {
        return retry;
    }

    @Nullable
    Boolean idempotent() {
        return idempotent;
    }
}
