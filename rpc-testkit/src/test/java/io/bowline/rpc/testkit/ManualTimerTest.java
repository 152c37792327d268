package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ManualTimerTest {
    private final ManualTimer timer = new ManualTimer();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsNothingUntilTheTimeIsMoved() {
        timer.schedule(Duration.ZERO, () -> ran.add("now"));
        assertThat(ran).isEmpty();
        timer.advance(Duration.ZERO);
        assertThat(ran).containsExactly("now");
    }

    @Test
    void runsTasksAtTheirMomentOnTheThreadThatMovesTheTime() {
        long start = timer.nanoTime();
        timer.schedule(
                Duration.ofMillis(7),
                () -> ran.add((timer.nanoTime() - start) / 1_000_000 + " "
                        + Thread.currentThread().getName()));
        timer.advance(Duration.ofSeconds(1));
        assertThat(ran).containsExactly("7 " + Thread.currentThread().getName());
        assertThat(timer.nanoTime() - start).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void runsWhatTasksScheduleInTheSameMove() {
        timer.schedule(Duration.ofMillis(1), () -> {
            ran.add("first");
            timer.schedule(Duration.ofMillis(1), () -> ran.add("second"));
            timer.schedule(Duration.ofMillis(9), () -> ran.add("third"));
        });
        timer.advance(Duration.ofMillis(5));
        assertThat(ran).containsExactly("first", "second");
        assertThat(timer.pending()).isEqualTo(1);
        assertThat(timer.runNext()).isTrue();
        assertThat(timer.elapsed()).isEqualTo(Duration.ofMillis(10));
        assertThat(timer.runNext()).isFalse();
    }

    @Test
    void forgetsACancelledTask() {
        Cancellation.Registration cancelled = timer.schedule(Duration.ofMillis(1), () -> ran.add("never"));
        cancelled.close();
        cancelled.close();
        timer.advance(Duration.ofSeconds(1));
        assertThat(ran).isEmpty();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void showsWhatATaskThrowsToTheMoverAndKeepsTheOthers() {
        timer.schedule(Duration.ofMillis(1), () -> {
            throw new IllegalStateException("boom");
        });
        timer.schedule(Duration.ofMillis(2), () -> ran.add("later"));
        assertThatThrownBy(() -> timer.advance(Duration.ofSeconds(1))).hasMessage("boom");
        timer.advance(Duration.ofSeconds(1));
        assertThat(ran).containsExactly("later");
    }

    @Test
    void overflowsTheNanosecondCounterWithoutHarm() {
        long start = timer.nanoTime();
        timer.schedule(Duration.ofMinutes(1), () -> ran.add("after"));
        timer.advance(Duration.ofMinutes(2));
        assertThat(timer.nanoTime()).isNegative();
        assertThat(timer.nanoTime() - start).isEqualTo(Duration.ofMinutes(2).toNanos());
        assertThat(ran).containsExactly("after");
    }

    @Property(tries = 200)
    void runsInTheOrderOfTheDueMomentsAndThenOfScheduling(
            @ForAll List<@IntRange(min = 0, max = 20) Integer> delays, @ForAll @IntRange(min = 1, max = 30) int step) {
        ManualTimer moved = new ManualTimer();
        List<Integer> order = new ArrayList<>();
        IntStream.range(0, delays.size())
                .forEach(i -> moved.schedule(Duration.ofMillis(delays.get(i)), () -> order.add(i)));
        while (moved.pending() > 0) {
            moved.advance(Duration.ofMillis(step));
        }
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, delays.size())
                        .boxed()
                        .sorted(Comparator.comparing(delays::get))
                        .toList());
    }
}
