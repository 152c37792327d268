package io.bowline.rpc.filter;

import java.time.Duration;

/**
 * How often and how soon a call is tried again. What may be tried again at all is not for a policy to say: only calls
 * that certainly no server began, and calls of idempotent methods.
 *
 * @param maxAttempts all attempts, the first included; 1 for none but the first
 * @param backoff the longest pause before the second attempt of a call that a server may have begun; it doubles with
 *     each attempt, and the pause taken is a random part of it
 * @param maxBackoff the longest pause at all
 */
public record RetryPolicy(int maxAttempts, Duration backoff, Duration maxBackoff) {
    /** Three attempts, pauses of at most 20 ms, 40 ms … 1 s. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofMillis(20), Duration.ofSeconds(1));

    /** One attempt. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ofMillis(20), Duration.ofSeconds(1));

    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > 100) {
            throw new IllegalArgumentException("maxAttempts: " + maxAttempts + " (expected: 1 to 100)");
        }
        if (backoff.isNegative() || maxBackoff.compareTo(backoff) < 0) {
            throw new IllegalArgumentException(
                    "backoff: " + backoff + ", maxBackoff: " + maxBackoff + " (expected: 0 <= backoff <= maxBackoff)");
        }
    }

    /** The same, with so many attempts at most. */
    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(attempts, backoff, maxBackoff);
    }

    /** The longest pause before an attempt, counted from 2. */
    Duration longestPause(int attempt) {
        long doublings = Math.min(attempt - 2L, 30);
        Duration pause = backoff.multipliedBy(1L << doublings);
        return pause.compareTo(maxBackoff) < 0 ? pause : maxBackoff;
    }
}
