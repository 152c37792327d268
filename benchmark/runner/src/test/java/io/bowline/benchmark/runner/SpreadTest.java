package io.bowline.benchmark.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void takesTheMiddleOfAnOddNumber() {
        assertThat(Spread.of(List.of(5.0, 1.0, 100.0), false)).isEqualTo(new Spread(5, 1, 100, 3, false));
    }

    @Test
    void takesTheMeanOfTheMiddleTwoOfAnEvenNumber() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0), true)).isEqualTo(new Spread(2.5, 1, 4, 4, true));
    }

    @Test
    void isItselfWhereThereIsOne() {
        assertThat(Spread.of(List.of(7.0), false)).isEqualTo(new Spread(7, 7, 7, 1, false));
    }
}
