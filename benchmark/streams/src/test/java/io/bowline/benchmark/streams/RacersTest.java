package io.bowline.benchmark.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** That all who are compared do the same. */
class RacersTest {
    @Test
    void eachReadsEveryRow() throws InterruptedException {
        for (Racer racer : List.of(
                new BowlineRacer(), new GrpcRacer("heeding", false, true), new GrpcRacer("at once", true, false))) {
            try (racer) {
                assertThat(racer.read(10_000, 100)).as(racer.name()).isEqualTo(1_000_000);
                assertThat(racer.read(1, 0)).as(racer.name()).isZero();
            }
        }
    }
}
