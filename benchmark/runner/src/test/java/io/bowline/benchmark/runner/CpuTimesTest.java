package io.bowline.benchmark.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuTimesTest {
    @Test
    void readsTheKernelsLine() {
        // user nice system idle iowait irq softirq steal guest guest_nice
        assertThat(CpuTimes.parse("cpu  100 20 30 400 50 6 7 8 90 9", 77)).isEqualTo(new CpuTimes(150, 8, 621, 77));
    }

    @Test
    void countsWhatIsNeitherIdleNorOursAndWhatWasStolen() {
        CpuTimes earlier = new CpuTimes(1_000, 10, 5_000, 600);
        CpuTimes later = new CpuTimes(1_500, 30, 6_000, 1_020);
        assertThat(CpuTimes.shares(earlier, later)).isEqualTo(new Shares(0.1, 0.02));
    }

    @Test
    void isNeverNegativeWhereTicksAndProcessesCountDifferently() {
        assertThat(CpuTimes.shares(new CpuTimes(0, 0, 0, 0), new CpuTimes(90, 0, 100, 95)))
                .isEqualTo(new Shares(0, 0));
    }

    @Test
    void isUnknownWhereTheSystemDoesNotTell() {
        assertThat(CpuTimes.shares(null, new CpuTimes(90, 0, 100, 95))).isEqualTo(Shares.UNKNOWN);
    }

    @Test
    void isNoisyAboveTenPercent() {
        assertThat(new Shares(0.10, 0).areNoisy()).isFalse();
        assertThat(new Shares(0.1001, 0).areNoisy()).isTrue();
        assertThat(Shares.UNKNOWN.areNoisy()).isFalse();
    }
}
