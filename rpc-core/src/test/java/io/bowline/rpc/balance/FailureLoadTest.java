package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailureLoadTest {
    private static final long SECOND = 1_000_000_000L;

    private final FailureLoad load = new FailureLoad();

    @Test
    void isNothingUntilSomethingFails() {
        assertThat(load.calls(0)).isZero();
        assertThat(load.calls(Long.MAX_VALUE)).isZero();
    }

    @Test
    void countsAFailureAsTwentyCallsThatFade() {
        load.failed(5 * SECOND);
        assertThat(load.calls(5 * SECOND)).isEqualTo(20);
        assertThat(load.calls(15 * SECOND)).isEqualTo(7);
        assertThat(load.calls(60 * SECOND)).isZero();
    }

    @Test
    void addsUpWithinBounds() {
        load.failed(0);
        load.failed(1);
        assertThat(load.calls(2)).isEqualTo(40);
        for (int i = 0; i < 10_000; i++) {
            load.failed(3);
        }
        assertThat(load.calls(3)).isEqualTo(10_000);
        assertThat(load.calls(100 * SECOND)).isZero();
    }

    @Test
    void takesAReadingFromALaggingThreadAsOneOfThisMoment() {
        load.failed(10 * SECOND);
        assertThat(load.calls(9 * SECOND)).isEqualTo(20);
    }

    @Test
    void countsThroughTheOverflowOfTheClock() {
        load.failed(Long.MAX_VALUE - SECOND);
        assertThat(load.calls(Long.MAX_VALUE - SECOND + 10 * SECOND)).isEqualTo(7);
    }

    @Test
    void blamesTheNodeForWhatOnlyTheNodeCanHelp() {
        assertThat(blamed(false))
                .containsExactlyInAnyOrder(
                        Code.CONNECT_FAILED,
                        Code.CONNECTION_LOST,
                        Code.SERVICE_NOT_FOUND,
                        Code.METHOD_NOT_FOUND,
                        Code.SERIALIZER_NOT_ACCEPTED,
                        Code.MALFORMED_DATA,
                        Code.PROTOCOL_ERROR,
                        Code.OVERLOADED,
                        Code.INTERNAL);
        assertThat(blamed(true)).contains(Code.OVERLOADED).doesNotContain(Code.CONNECTION_LOST, Code.DRAINING);
    }

    private static Set<Code> blamed(boolean unprocessed) {
        return Stream.of(Code.values())
                .filter(code -> FailureLoad.isNodesFault(code, unprocessed))
                .collect(Collectors.toSet());
    }
}
