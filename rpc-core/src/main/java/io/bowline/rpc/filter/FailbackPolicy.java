package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A notification that has to arrive some time: one attempt, and if nobody could take the call, it is kept and delivered
 * later. The caller is answered with nothing, as by {@link FailsafePolicy}, once it is kept; where the store is full, the
 * failure is the caller's. What the service threw is an answer and not tried again. A delivery comes out of the client's
 * budget, and waits when that is spent. A call may so be run twice: idempotent methods only.
 *
 * @param store where calls wait; it stays the caller's, and closing a client leaves in it what was not delivered
 * @param maxAttempts all attempts, the first included, at least 2
 * @param backoff the longest pause before the second attempt; it doubles with each, and the pause taken is a random part of
 *     its upper half
 * @param maxBackoff the longest pause at all
 * @param givenUp hears of a call that was not delivered, and why, on the thread {@code bowline-failback}, which it may hold
 *     for a moment; must not throw
 */
public record FailbackPolicy(
        RetryStore store,
        int maxAttempts,
        Duration backoff,
        Duration maxBackoff,
        BiConsumer<? super Request, ? super RpcException> givenUp)
        implements CallStrategy {
    private static final int IN_MEMORY = 1_000;

    public FailbackPolicy {
        if (maxAttempts < 2) {
            throw new IllegalArgumentException("maxAttempts: " + maxAttempts + " (expected: >= 2)");
        }
        if (backoff.isNegative() || maxBackoff.compareTo(backoff) < 0) {
            throw new IllegalArgumentException(
                    "backoff: " + backoff + ", maxBackoff: " + maxBackoff + " (expected: 0 <= backoff <= maxBackoff)");
        }
    }

    /** Up to 20 attempts in some 15 minutes, after 1 s, 2 s … 1 min; who gives up is told by the log only. */
    public static FailbackPolicy in(RetryStore store) {
        return new FailbackPolicy(store, 20, Duration.ofSeconds(1), Duration.ofMinutes(1), (request, failure) -> {});
    }

    /** The same with 1,000 calls kept in memory. */
    public static FailbackPolicy inMemory() {
        return in(RetryStore.inMemory(IN_MEMORY));
    }

    @Override
    public String name() {
        return "failback";
    }

    @Override
    public boolean standsIn() {
        return true;
    }

    @Override
    public boolean repeats() {
        return true;
    }

    @Override
    public List<Filter> filters(Surroundings surroundings) {
        return List.of(new FailbackFilter(this, surroundings));
    }

    /** The longest pause after so many attempts. */
    Duration longestPause(int attempts) {
        Duration pause = backoff.multipliedBy(1L << Math.min(attempts - 1L, 30));
        return pause.compareTo(maxBackoff) < 0 ? pause : maxBackoff;
    }
}
