package io.bowline.rpc.filter;

import java.time.Duration;

/**
 * How long a server knows the calls of methods that are {@code @Idempotent(key = …)} again.
 *
 * @param window how long after its end a call is known; longer than any client goes on trying
 * @param maxCalls ended calls that are known, of each method; of more, the oldest is forgotten first. 0 to know none
 */
public record DuplicatePolicy(Duration window, int maxCalls) {
    /** A minute, and 10,000 calls of each method. */
    public static final DuplicatePolicy DEFAULT = new DuplicatePolicy(Duration.ofMinutes(1), 10_000);

    /** Every call is run. */
    public static final DuplicatePolicy OFF = new DuplicatePolicy(Duration.ofMinutes(1), 0);

    public DuplicatePolicy {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window: " + window + " (expected: > 0)");
        }
        if (maxCalls < 0) {
            throw new IllegalArgumentException("maxCalls: " + maxCalls + " (expected: >= 0)");
        }
    }

    /** Whether any call is known again. */
    public boolean active() {
        return maxCalls > 0;
    }
}
