package io.bowline.rpc.filter;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The last so many calls: a ring in which each call takes the place of the oldest, and sums that follow the ring. */
final class CountedOutcomes implements Outcomes {
    private static final int CALL = 1;
    private static final int FAILED = 2;
    private static final int SLOW = 4;

    private final AtomicIntegerArray ring;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger slows = new AtomicInteger();

    CountedOutcomes(int calls) {
        ring = new AtomicIntegerArray(calls);
    }

    @Override
    public void add(boolean failed, boolean slow, long nowNanos) {
        int now = CALL | (failed ? FAILED : 0) | (slow ? SLOW : 0);
        int place = Integer.remainderUnsigned(next.getAndIncrement(), ring.length());
        int before = ring.getAndSet(place, now);
        if (before == now) {
            return;
        }
        move(calls, before, now, CALL);
        move(failures, before, now, FAILED);
        move(slows, before, now, SLOW);
    }

    private static void move(AtomicInteger sum, int before, int now, int bit) {
        int step = Integer.signum(now & bit) - Integer.signum(before & bit);
        if (step != 0) {
            sum.addAndGet(step);
        }
    }

    @Override
    public Count count(long nowNanos) {
        return new Count(calls.get(), failures.get(), slows.get());
    }
}
