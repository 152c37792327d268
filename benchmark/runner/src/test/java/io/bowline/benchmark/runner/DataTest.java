package io.bowline.benchmark.runner;

import static io.bowline.benchmark.runner.Fixtures.GET;
import static io.bowline.benchmark.runner.Fixtures.results;
import static io.bowline.benchmark.runner.Fixtures.round;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DataTest {
    private static final List<String> PEERS = List.of("a", "b");

    @Test
    void leavesNoisyTurnsAndNoisyCellsOut() {
        Data data = data(
                round(1, "a", 0.02, 100),
                round(2, "a", 0.30, 1),
                round(2, "a", true, 0.02, 0.02, 110),
                round(3, "a", false, 0.05, 0.30, 2),
                round(4, "a", 0.02, 120));
        assertThat(data.spread("a", GET, Data.CALLS)).contains(new Spread(110, 100, 120, 3, false));
    }

    @Test
    void takesNoisyOnesWhereNothingElseIsThereAndSaysSo() {
        Data data = data(round(1, "a", 0.30, 50), round(2, "a", 0.20, 70));
        assertThat(data.spread("a", GET, Data.CALLS)).contains(new Spread(60, 50, 70, 2, true));
    }

    @Test
    void knowsNothingOfWhatWasNotMeasured() {
        assertThat(data(round(1, "a", 0, 50)).spread("b", GET, Data.CALLS)).isEmpty();
        assertThat(data(round(1, "a", 0, 50)).spread("a", GET, "p99")).isEmpty();
        assertThat(data(round(1, "a", 0, 50)).ratio("a", "b", GET, Data.CALLS)).isEmpty();
    }

    @Test
    void dividesMediansOfOneRun() {
        Data data = data(round(1, "a", 0, 100), round(1, "b", 0, 50), round(2, "a", 0, 300), round(2, "b", 0, 30));
        assertThat(data.ratio("a", "b", GET, Data.CALLS)).contains(5.0);
    }

    @Test
    void addsTheCpuTimeOfBothSides() {
        assertThat(data(round(1, "a", 0, 50)).median("a", GET, Data.CPU)).contains(17.0);
    }

    private static Data data(PeerRound... rounds) {
        return new Data(results(4, true, PEERS, rounds));
    }
}
