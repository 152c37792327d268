package io.bowline.rpc.balance;

import io.bowline.rpc.Code;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What failures cost their node, in calls: each counts as {@value #CALLS} calls in flight, which fade away by a factor of
 * e in ten seconds. Added to the calls that are really in flight, it tells every balancer that looks at the load to stay
 * away.
 *
 * <p>A node that fails at once is idle and fast, so it looks like the best of all and would attract whatever it can fail.
 * Counted like this, the calls that it gets settle where {@code 200 s × failures a second} equals the calls in flight
 * elsewhere: with 10 ms an answer it gets a twenty-thousandth of what a healthy node gets, however busy the client is.
 * A single failure keeps a busy client away for a few seconds, as others are as loaded then; and as it multiplies the
 * response time rather than replacing it, fast and slow nodes are still told apart when all fail now and then.
 *
 * <p>Thread-safe without a lock: amount and time are one {@code long}, see {@link Ticks}. A success writes nothing.
 */
public final class FailureLoad {
    private static final int CALLS = 20;

    /** Enough to stay away from a node for a minute, and no reason to do so for longer. */
    private static final float MOST = 10_000;

    private static final double DECAY_TICKS = Ticks.in(10e9);

    private static final AtomicLongFieldUpdater<FailureLoad> STATE =
            AtomicLongFieldUpdater.newUpdater(FailureLoad.class, "state");

    private volatile long state;

    /**
     * Whether a failure speaks against the node. What the service threw, what the caller cancelled or should not have
     * sent, and a deadline that passed do not; that a node is slow its response times tell. Nor does a call that it never
     * saw because it was leaving.
     *
     * @param unprocessed whether it is certain that the node did not begin the call
     */
    public static boolean isNodesFault(Code code, boolean unprocessed) {
        return switch (code) {
            case CONNECT_FAILED,
                    SERVICE_NOT_FOUND,
                    METHOD_NOT_FOUND,
                    SERIALIZER_NOT_ACCEPTED,
                    MALFORMED_DATA,
                    PROTOCOL_ERROR,
                    OVERLOADED,
                    INTERNAL -> true;
            case CONNECTION_LOST -> !unprocessed;
            default -> false;
        };
    }

    /** Takes in a failure. */
    public void failed(long nowNanos) {
        long seen;
        long next;
        do {
            seen = state;
            next = Ticks.pack((float) Math.min(MOST, faded(seen, nowNanos) + CALLS), Ticks.at(nowNanos));
        } while (!STATE.compareAndSet(this, seen, next));
    }

    /** In how many calls the failures count at this moment. */
    public int calls(long nowNanos) {
        long seen = state;
        return seen == 0 ? 0 : (int) Math.round(faded(seen, nowNanos));
    }

    private static double faded(long state, long nowNanos) {
        return Ticks.amount(state) * Math.exp(-Ticks.age(state, Ticks.at(nowNanos)) / DECAY_TICKS);
    }
}
