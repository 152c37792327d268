package io.bowline.benchmark.runner;

import static io.bowline.benchmark.runner.Fixtures.results;
import static io.bowline.benchmark.runner.Fixtures.round;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final List<String> PEERS = List.of("a", "b", "c");

    @Test
    void rotatesTheOrderRoundByRound() {
        assertThat(Turn.rotated(PEERS, 1)).containsExactly("a", "b", "c");
        assertThat(Turn.rotated(PEERS, 2)).containsExactly("b", "c", "a");
        assertThat(Turn.rotated(PEERS, 3)).containsExactly("c", "a", "b");
        assertThat(Turn.rotated(PEERS, 4)).containsExactly("a", "b", "c");
    }

    @Test
    void makesEveryRoundOfAllPeersBeforeTheNext() {
        assertThat(Turn.left(results(2, true, PEERS)))
                .containsExactly(turn(1, "a"), turn(1, "b"), turn(1, "c"), turn(2, "b"), turn(2, "c"), turn(2, "a"));
    }

    @Test
    void goesOnWithWhatIsMissing() {
        Results interrupted = results(2, true, PEERS, round(1, "a", 0, 1), round(1, "b", 0.5, 1), round(1, "c", 0, 1));
        assertThat(Turn.left(interrupted)).containsExactly(turn(2, "b"), turn(2, "c"), turn(2, "a"));
    }

    @Test
    void makesNoisyTurnsOnceMoreAtTheEnd() {
        Results done = results(1, true, PEERS, round(1, "a", 0.11, 1), round(1, "b", 0.10, 1), round(1, "c", -1, 1));
        assertThat(Turn.left(done)).containsExactly(new Turn(1, "a", true));
        assertThat(Turn.left(done.with(round(1, "a", true, 0.5, 0.5, 1)))).isEmpty();
    }

    @Test
    void makesNoneAgainInTheShortForm() {
        assertThat(Turn.left(results(1, false, List.of("a"), round(1, "a", 0.5, 1))))
                .isEmpty();
    }

    private static Turn turn(int round, String peer) {
        return new Turn(round, peer, false);
    }
}
