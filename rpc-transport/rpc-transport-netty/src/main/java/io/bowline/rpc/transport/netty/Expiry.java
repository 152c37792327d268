package io.bowline.rpc.transport.netty;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a connection when its earliest deadline passes. The I/O thread's.
 *
 * <p>There is no timer a call: one moment is kept, no later than the earliest deadline. When it comes, one sweep over
 * the calls in flight ends those that have expired and finds the next moment. A call that ends in time leaves no trace
 * here, so the usual cost is one comparison a call and one sweep a time-out. Sweeps keep a tick of 10 ms between them,
 * so a deadline is noticed at most that late and never early.
 */
final class Expiry {
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop loop;
    private final LongUnaryOperator sweep;
    private boolean armed;
    private long atNanos;
    private long sweptNanos = System.nanoTime() - TICK_NANOS;
    private @Nullable Future<?> alarm;

    /**
     * @param sweep takes the present, ends what has expired, and returns the time from now to the next deadline;
     *     {@link Long#MAX_VALUE} for none
     */
    Expiry(EventLoop loop, LongUnaryOperator sweep) {
        this.loop = loop;
        this.sweep = sweep;
    }

    /** There is a call with this deadline. */
    void expect(long deadlineNanos) {
        if (!armed || deadlineNanos - atNanos < 0) {
            arm(deadlineNanos, System.nanoTime());
        }
    }

    private void arm(long deadlineNanos, long now) {
        disarm();
        armed = true;
        atNanos = deadlineNanos;
        long delay = Math.max(deadlineNanos - now, sweptNanos + TICK_NANOS - now);
        alarm = loop.schedule(this::wake, Math.max(delay, 1), TimeUnit.NANOSECONDS);
    }

    private void wake() {
        armed = false;
        long now = System.nanoTime();
        sweptNanos = now;
        long next = sweep.applyAsLong(now);
        if (next != Long.MAX_VALUE) {
            expect(now + next);
        }
    }

    void disarm() {
        armed = false;
        if (alarm != null && !loop.isShutdown()) {
            alarm.cancel(false);
        }
    }
}
