package io.bowline.rpc.observe;

import io.bowline.rpc.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Happenings a second over one, five and fifteen minutes: exponentially weighted averages, brought up to date every five
 * seconds by whoever comes first, as the load averages of Unix are. A pause is made up for at its end. Thread-safe.
 */
public final class MovingRates implements Meters.Rate {
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final double TICK_SECONDS = 5;

    private final Timer timer;
    private final LongAdder all = new LongAdder();
    private final LongAdder fresh = new LongAdder();
    private final AtomicLong lastTick;

    /** Replaced whole by whoever moved {@link #lastTick}. */
    private volatile @Nullable Averages averages;

    /**
     * Happenings a second.
     *
     * @param m1 over a minute
     * @param m5 over five
     * @param m15 over fifteen
     */
    public record Averages(double m1, double m5, double m15) {
        /** Before five seconds have passed. */
        static final Averages NONE = new Averages(0, 0, 0);

        private Averages after(double perSecond, long ticks, boolean first) {
            return new Averages(
                    average(m1, perSecond, ticks, first, 1),
                    average(m5, perSecond, ticks, first, 5),
                    average(m15, perSecond, ticks, first, 15));
        }

        /** The first tick of several saw what happened, and the others saw nothing. */
        private static double average(double before, double perSecond, long ticks, boolean first, int minutes) {
            double kept = Math.exp(-TICK_SECONDS / (60.0 * minutes));
            double once = first ? perSecond : perSecond + (before - perSecond) * kept;
            return once * Math.pow(kept, (double) (ticks - 1));
        }
    }

    public MovingRates(Timer timer) {
        this.timer = timer;
        lastTick = new AtomicLong(timer.nanoTime());
    }

    @Override
    public void mark(long times) {
        catchUp();
        all.add(times);
        fresh.add(times);
    }

    /** How often it has happened in all. */
    public long count() {
        return all.sum();
    }

    /** As of the last five seconds that are over. */
    public Averages averages() {
        catchUp();
        Averages known = averages;
        return known == null ? Averages.NONE : known;
    }

    private void catchUp() {
        long last = lastTick.get();
        long age = timer.nanoTime() - last;
        if (age < TICK_NANOS) {
            return;
        }
        long ticks = age / TICK_NANOS;
        if (lastTick.compareAndSet(last, last + ticks * TICK_NANOS)) {
            Averages before = averages;
            averages = (before == null ? Averages.NONE : before)
                    .after(fresh.sumThenReset() / TICK_SECONDS, ticks, before == null);
        }
    }
}
