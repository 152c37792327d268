package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls in or keeps them out, and hears how those ended that it let in. A circuit breaker, a rate limit and a limit
 * of concurrency are all this one type; a {@link GateFilter} puts it around calls, and the client asks one for each
 * provider and method.
 *
 * <p>Called by many threads at once, on whatever thread a call is on: it never blocks, never hands over to another
 * thread and schedules nothing. What follows from time alone is found by the next call that asks.
 */
public interface Gate {
    /** Whether a call may begin. After each true comes exactly one {@link #left} or {@link #withdrawn}. */
    boolean tryEnter(long nowNanos);

    /**
     * A call that was let in has ended.
     *
     * @param tookNanos how long it took
     * @param failure why it failed; null for a success; {@code CANCELLED} if its caller went away, whatever became of it
     */
    void left(long tookNanos, long nowNanos, @Nullable Code failure);

    /** A call that was let in did not begin after all: another gate kept it out, or there was no connection. */
    void withdrawn();

    /** Why it keeps calls out: what it is, its figures, and who set them. */
    String why(long nowNanos);
}
