package io.bowline.rpc.balance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A moving average of response times that jumps to a peak at once and comes down from it slowly: an exponentially
 * weighted average over time, not over calls, except that an observation above the average replaces it.
 *
 * <p>Bad news counts immediately, since one slow answer costs more than one fast answer gains; good news must last. The
 * weight of the past is {@code e^(-age/decay)}. A reading falls towards 0 by the same factor while nothing is observed,
 * so a node that was slow, and was therefore avoided, is tried again after a while. Source: the peak-sensitive moving
 * average of Finagle's load metric ({@code Balancers.p2cPeakEwma}, also Linkerd's), there too with 10 s. Unlike there,
 * reading changes nothing: a reader's decay would otherwise draw the average below every observation.
 *
 * <p>Thread-safe without a lock. The whole state is one {@code long}, see {@link Ticks}. So an update is one
 * compare-and-set and allocates nothing. Within a tick an observation that is not a peak would not move the average, so it
 * writes nothing: however busy a node is, its line of memory is written about a thousand times a second and not once a
 * call. An average that was idle for just the 52 days after which the ticks wrap is taken for a fresh one, once.
 */
public final class PeakEwma {
    /** How long the past counts, unless told otherwise. */
    public static final Duration DEFAULT_DECAY = Duration.ofSeconds(10);

    /** Beyond, what one tick changes would be lost in the rounding of a float. */
    private static final Duration LONGEST_DECAY = Duration.ofMinutes(10);

    private static final AtomicLongFieldUpdater<PeakEwma> STATE =
            AtomicLongFieldUpdater.newUpdater(PeakEwma.class, "state");

    /** 0 while nothing is known: an average is at least 1, and no positive float has the bits 0. */
    private volatile long state;

    private final double decayTicks;

    /** An average that decays by {@link #DEFAULT_DECAY}. */
    public PeakEwma() {
        this(DEFAULT_DECAY);
    }

    /** @param decay the time in which the weight of the past falls to 1/e; more than 0, at most 10 minutes */
    public PeakEwma(Duration decay) {
        if (decay.isNegative() || decay.isZero() || decay.compareTo(LONGEST_DECAY) > 0) {
            throw new IllegalArgumentException("decay: " + decay + " (expected: more than 0, at most 10 minutes)");
        }
        decayTicks = Ticks.in(decay.getSeconds() * 1e9 + decay.getNano());
    }

    /**
     * Takes in one response time.
     *
     * @param rttNanos at least 1; less counts as 1
     * @param nowNanos a reading of {@link io.bowline.rpc.Timer#nanoTime()}, always of the same timer
     */
    public void observe(long rttNanos, long nowNanos) {
        take(rttNanos, nowNanos, false);
    }

    /**
     * Takes in a call that ended without an answer of the ordinary kind: an answer would have taken at least as long. So
     * the average rises to it and does not sink, neither by it nor with the time before it: what fails sooner than
     * others answer is not faster, and a caller who gives up early has learned nothing.
     */
    public void observeAtLeast(long rttNanos, long nowNanos) {
        take(rttNanos, nowNanos, true);
    }

    private void take(long rttNanos, long nowNanos, boolean atLeast) {
        float rtt = Math.max(1, rttNanos);
        int now = Ticks.at(nowNanos);
        long seen;
        long next;
        do {
            seen = state;
            float average = Ticks.amount(seen);
            long age = age(seen, now);
            if (age == 0 && rtt <= average) {
                return;
            }
            float moved = rtt > average ? rtt : moved(average, atLeast ? average : rtt, age);
            next = Ticks.pack(moved, age > 0 ? now : (int) seen);
        } while (!STATE.compareAndSet(this, seen, next));
    }

    private float moved(float average, float towards, long age) {
        return (float) (towards + (average - towards) * weightOfPast(age));
    }

    /** The average in nanoseconds, decayed to this moment: 0 while nothing is known, at least 1 after that. */
    public long current(long nowNanos) {
        long seen = state;
        long age = age(seen, Ticks.at(nowNanos));
        float average = Ticks.amount(seen);
        return seen == 0 || age == 0 ? (long) average : Math.max(1, (long) (average * weightOfPast(age)));
    }

    private double weightOfPast(long age) {
        return age == 0 ? 1 : Math.exp(-age / decayTicks);
    }

    private static long age(long state, int now) {
        return state == 0 ? 1L << 32 : Ticks.age(state, now);
    }
}
