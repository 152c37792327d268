package io.bowline.rpc.spring.properties;

import io.bowline.rpc.filter.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often and how soon calls are tried again.
 *
 * @param maxAttempts All attempts, the first included; 1 for none but the first. 3 by default.
 * @param backoff The longest pause before the second attempt of a call that a provider may have begun. 20ms by default.
 * @param maxBackoff The longest pause at all. 1s by default.
 */
public record RetryProperties(
        @Nullable Integer maxAttempts,
        @Nullable Duration backoff,
        @Nullable Duration maxBackoff) {
    RetryPolicy policy() {
        RetryPolicy base = RetryPolicy.DEFAULT;
        return new RetryPolicy(
                Said.or(maxAttempts, base.maxAttempts()),
                Said.or(backoff, base.backoff()),
                Said.or(maxBackoff, base.maxBackoff()));
    }
}
