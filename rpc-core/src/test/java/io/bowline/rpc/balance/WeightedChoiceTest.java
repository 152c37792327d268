package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightedChoiceTest {
    /** Walks every column at evenly spread heights: the probabilities themselves, without chance. */
    @Property(tries = 300)
    void givesEachIndexExactlyItsShare(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 10_000) Integer> nodes) {
        int[] weights = nodes.stream().mapToInt(weight -> weight).toArray();
        WeightedChoice choice = new WeightedChoice(weights);
        int heights = 1 << 12;
        double[] share = new double[weights.length];
        for (long column = 0; column < weights.length; column++) {
            long upper = ((column << 32) + (1L << 31)) / weights.length;
            for (long height = 0; height < heights; height++) {
                share[choice.index(upper << 32 | (height << 20) + (1 << 19))] += 1.0 / heights / weights.length;
            }
        }
        double total = Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            assertThat(share[i]).isCloseTo(weights[i] / total, within(1.01 / heights));
        }
    }

    @Test
    void reachesALightIndexAmongHeavyOnes() {
        WeightedChoice choice = new WeightedChoice(new int[] {10_000, 1, 10_000});
        SplittableRandom random = new SplittableRandom(7);
        int picks = 4_000_000;
        int light = 0;
        for (int i = 0; i < picks; i++) {
            light += choice.index(random.nextLong()) == 1 ? 1 : 0;
        }
        double expected = picks / 20_001.0;
        assertThat((double) light).isCloseTo(expected, within(6 * Math.sqrt(expected)));
    }

    @Property
    void staysBelowTheBound(@ForAll long bits, @ForAll @IntRange(min = 1) int bound) {
        assertThat(WeightedChoice.upperBelow(bits, bound)).isBetween(0, bound - 1);
        assertThat(WeightedChoice.lowerBelow(bits, bound)).isBetween(0, bound - 1);
    }
}
