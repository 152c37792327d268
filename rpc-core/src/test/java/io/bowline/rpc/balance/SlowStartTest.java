package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowStartTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void growsEvenlyFromATenthToTheWhole() {
        SlowStart start = SlowStart.DEFAULT;
        assertThat(start.weight(100, 0)).isEqualTo(10);
        assertThat(start.weight(100, 15 * SECOND)).isEqualTo(55);
        assertThat(start.weight(100, 30 * SECOND - 1)).isEqualTo(100);
        assertThat(start.weight(100, 30 * SECOND)).isEqualTo(100);
        assertThat(start.weight(1, 0)).isEqualTo(1);
        assertThat(start.weight(100, -5)).isEqualTo(10);
        assertThat(start.lasts(30 * SECOND - 1)).isTrue();
        assertThat(start.lasts(30 * SECOND)).isFalse();
    }

    @Test
    void canBeOff() {
        assertThat(SlowStart.OFF.weight(100, 0)).isEqualTo(100);
        assertThat(SlowStart.OFF.lasts(0)).isFalse();
    }

    @Test
    void refusesWhatIsNoSlowStart() {
        assertThatThrownBy(() -> new SlowStart(Duration.ofSeconds(-1), 0.1))
                .hasMessage("slow start time: PT-1S (expected: not negative)");
        assertThatThrownBy(() -> new SlowStart(Duration.ZERO, 0))
                .hasMessage("slow start from: 0.0 (expected: above 0, at most 1)");
        assertThatThrownBy(() -> new SlowStart(Duration.ZERO, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
