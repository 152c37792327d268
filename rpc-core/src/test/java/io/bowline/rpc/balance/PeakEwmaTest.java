package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PeakEwmaTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final PeakEwma average = new PeakEwma();

    @Test
    void readsZeroUntilSomethingIsObserved() {
        assertThat(average.current(0)).isZero();
        assertThat(average.current(Long.MIN_VALUE)).isZero();
        average.observe(0, 0);
        assertThat(average.current(1000 * SECOND)).isEqualTo(1);
    }

    @Test
    void jumpsToAPeakAtOnce() {
        average.observe(MILLI, 0);
        average.observe(80 * MILLI, 1);
        assertThat(average.current(1)).isEqualTo(80 * MILLI);
    }

    @Test
    void comesDownByTheDecayOverTime() {
        average.observe(100 * MILLI, 0);
        average.observe(MILLI, 10 * SECOND);
        double expected = MILLI + 99 * MILLI * Math.exp(-1);
        assertThat((double) average.current(10 * SECOND)).isCloseTo(expected, within(expected * 1e-3));
    }

    @Test
    void ignoresHowOftenALowValueIsSeenWithinATick() {
        average.observe(100 * MILLI, 0);
        IntStream.range(0, 100_000).forEach(i -> average.observe(MILLI, i));
        assertThat((double) average.current(0)).isCloseTo(100 * MILLI, within(1e-3 * 100 * MILLI));
    }

    @Test
    void comesDownToTheObservationsAndNotBelowHoweverOftenItIsRead() {
        average.observe(100 * MILLI, 0);
        for (long now = 0; now < 200 * SECOND; now += 3 * MILLI) {
            average.observe(2 * MILLI, now);
            assertThat(average.current(now)).isGreaterThanOrEqualTo(2 * MILLI);
        }
        assertThat((double) average.current(200 * SECOND)).isCloseTo(2 * MILLI, within(0.01 * MILLI));
    }

    @Test
    void decaysWhileNothingIsObserved() {
        average.observe(100 * MILLI, 0);
        assertThat((double) average.current(20 * SECOND))
                .isCloseTo(100 * MILLI * Math.exp(-2), within(100 * MILLI * 1e-3));
        assertThat(average.current(1000 * SECOND)).isEqualTo(1);
    }

    @Test
    void doesNotDecayWhileTheSameIsObserved() {
        for (long now = 0; now < 100 * SECOND; now += 3 * MILLI) {
            average.observe(2 * MILLI, now);
        }
        assertThat(average.current(100 * SECOND)).isBetween(2 * MILLI - 2_000, 2 * MILLI);
    }

    @Test
    void followsALongDecayToo() {
        PeakEwma slow = new PeakEwma(Duration.ofMinutes(10));
        slow.observe(100 * MILLI, 0);
        for (long now = 0; now < 600 * SECOND; now += 2 * MILLI) {
            slow.observe(10 * MILLI, now);
        }
        double expected = 10 * MILLI + 90 * MILLI * Math.exp(-1);
        assertThat((double) slow.current(600 * SECOND)).isCloseTo(expected, within(expected * 2e-2));
    }

    @Test
    void countsThroughTheOverflowOfTheClock() {
        average.observe(100 * MILLI, Long.MAX_VALUE - SECOND);
        assertThat((double) average.current(Long.MAX_VALUE - SECOND + 10 * SECOND))
                .isCloseTo(100 * MILLI * Math.exp(-1), within(100 * MILLI * 1e-3));
    }

    @Test
    void takesAnObservationFromALaggingThreadAsOneOfThisMoment() {
        average.observe(10 * MILLI, 5 * SECOND);
        average.observe(50 * MILLI, 4 * SECOND);
        average.observe(MILLI, 3 * SECOND);
        assertThat(average.current(2 * SECOND)).isEqualTo(50 * MILLI);
        assertThat(average.current(5 * SECOND)).isEqualTo(50 * MILLI);
    }

    @Test
    void keepsTheHighestOfConcurrentPeaks() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CyclicBarrier start = new CyclicBarrier(4);
            var running = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        start.await();
                        for (int i = 1; i <= 20_000; i++) {
                            average.observe(i * 1024L + thread, SECOND);
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> thread : running) {
                thread.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat((double) average.current(SECOND)).isCloseTo(20_000 * 1024, within(16.0));
    }

    @Property(tries = 200)
    void staysBetweenTheLowestAndTheHighestObservation(
            @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 1, max = 60 * SECOND) Long> observations,
            @ForAll @LongRange(min = 0, max = 5 * SECOND) long pause) {
        PeakEwma any = new PeakEwma();
        long now = -pause;
        long low = Long.MAX_VALUE;
        long high = 0;
        for (long rtt : observations) {
            any.observe(rtt, now);
            low = Math.min(low, rtt);
            high = Math.max(high, rtt);
            assertThat((double) any.current(now)).isBetween(low * 0.999 - 1, high * 1.001 + 1);
            now += pause;
        }
    }

    @Test
    void aCallThatTellsALowerBoundOnlyRaises() {
        average.observe(10 * MILLI, 0);
        average.observeAtLeast(MILLI, 5 * SECOND);
        assertThat((double) average.current(5 * SECOND)).isCloseTo(10 * MILLI, within(0.01 * MILLI));
        average.observeAtLeast(30 * MILLI, 6 * SECOND);
        assertThat((double) average.current(6 * SECOND)).isCloseTo(30 * MILLI, within(0.01 * MILLI));
    }

    @Test
    void refusesADecayThatIsNone() {
        assertThatThrownBy(() -> new PeakEwma(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("decay: PT0S (expected: more than 0, at most 10 minutes)");
    }
}
