package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void spreadsTheTurnsOfEachIndex() {
        assertThat(cycle(3, 2, 1)).isEqualTo("ABAABC");
        assertThat(cycle(5, 1, 1)).isEqualTo("AAABAAC");
        assertThat(cycle(1, 1, 1, 1)).isEqualTo("ABCD");
        assertThat(cycle(2, 1)).isEqualTo("AAB");
    }

    @Property(tries = 200)
    void givesEachIndexExactlyItsWeightInEveryCycle(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 10_000) Integer> nodes,
            @ForAll @LongRange(min = 0, max = 1L << 40) long start) {
        int[] weights = nodes.stream().mapToInt(weight -> weight).toArray();
        assertThat(count(Turns.of(weights), start, Weights.sum(weights), weights.length))
                .isEqualTo(weights);
    }

    @Property(tries = 40)
    void keepsToTheSharesInEveryPartOfALongCycle(
            @ForAll @Size(min = 5, max = 200) List<@IntRange(min = 1, max = 10_000) Integer> nodes,
            @ForAll @LongRange(min = 0, max = 1L << 40) long start) {
        int[] weights = nodes.stream().mapToInt(weight -> weight).toArray();
        Assume.that(Weights.sum(weights) > Turns.MAX_WRITTEN);
        Turns turns = new GoldenTurns(weights);
        double total = Weights.sum(weights);
        int[] counts = new int[weights.length];
        for (int turn = 1; turn <= 20_000; turn++) {
            int index = turns.at(start + turn);
            counts[index]++;
            assertThat(Math.abs(counts[index] - turn * weights[index] / total))
                    .as("turn %d of %s at %d", turn, Arrays.toString(weights), start)
                    .isLessThan(6);
        }
    }

    @Test
    void findsTheOwnerOfEveryPlaceAmongTenThousandNodes() {
        int[] weights =
                IntStream.range(0, 10_000).map(i -> i < 5_000 ? 10_000 : 1).toArray();
        Turns turns = Turns.of(weights);
        assertThat(turns).isInstanceOf(GoldenTurns.class);
        int[] counts = count(turns, 1L << 50, 10_000_000, weights.length);
        double expected = 10_000_000 * 10_000.0 / Weights.sum(weights);
        for (int i = 0; i < 5_000; i++) {
            assertThat((double) counts[i]).isBetween(expected - 6, expected + 6);
        }
        for (int i = 5_000; i < 10_000; i++) {
            assertThat(counts[i]).isLessThanOrEqualTo(1);
        }
    }

    private static int[] count(Turns turns, long start, long length, int size) {
        int[] counts = new int[size];
        for (long turn = start; turn < start + length; turn++) {
            counts[turns.at(turn)]++;
        }
        return counts;
    }

    private static String cycle(int... weights) {
        Turns turns = Turns.of(weights);
        return IntStream.range(0, (int) Weights.sum(weights))
                .mapToObj(turn -> String.valueOf((char) ('A' + turns.at(turn))))
                .collect(Collectors.joining());
    }
}
