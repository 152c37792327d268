package io.bowline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Timer;
import io.bowline.rpc.balance.PeakEwma;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoarseClockTest {
    private static final long MILLI = 1_000_000;

    private final CoarseClock clock = new CoarseClock(Timer.system());
    private final long start = clock.nanoTime();

    @Test
    void followsTheNewestAnswerInStepsOfAboutAMillisecond() {
        clock.answered(start + MILLI / 2);
        assertThat(clock.nanoTime()).isEqualTo(start);
        clock.answered(start + 5 * MILLI);
        assertThat(clock.nanoTime()).isEqualTo(start + 5 * MILLI);
        clock.answered(start + 3 * MILLI);
        assertThat(clock.nanoTime()).isEqualTo(start + 5 * MILLI);
    }

    /** What the clock relies on: that it is late makes no difference to which of two averages is the smaller one. */
    @Test
    void theOrderOfAveragesDoesNotDependOnTheMoment() {
        Random random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            PeakEwma one = new PeakEwma();
            PeakEwma two = new PeakEwma();
            long newest = start + 20_000 * MILLI;
            one.observe(MILLI + random.nextInt(100_000_000), newest - random.nextInt(20_000) * MILLI);
            two.observe(MILLI + random.nextInt(100_000_000), newest - random.nextInt(20_000) * MILLI);
            double before = (double) one.current(newest) / two.current(newest);
            long later = newest + 10_000 * MILLI;
            double after = (double) one.current(later) / two.current(later);
            assertThat(after / before).isBetween(0.999, 1.001);
        }
    }
}
