package io.bowline.benchmark.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A turn, with processes that stand in for a peer's. */
@Timeout(120)
class MeasuringTest {
    private static final List<String> CELLS = List.of(
            "sync-32/existUser/throughput",
            "sync-32/createUser/throughput",
            "async/getUser/throughput",
            "sync-1/getUser/latency");

    @TempDir
    Path folder;

    private final List<Sample> heard = new ArrayList<>();

    @Test
    void measuresTheWireAndEveryCell() throws Exception {
        PeerRound round = turn("sound", true);
        assertThat(round.failure()).isNull();
        assertThat(round.samples()).extracting(Sample::cell).containsExactly(withWire(CELLS));
        assertThat(round.samples().get(4).figures())
                .isEqualTo(Map.of("figure", (double) "run sync getUser 1 sample 1 2".length()));
        assertThat(heard).isEqualTo(round.samples());
    }

    @Test
    void leavesOutWhatThePeerDoesNotHave() throws Exception {
        assertThat(turn("sound", false).samples())
                .extracting(Sample::cell)
                .containsExactly(withWire(List.of(CELLS.get(0), CELLS.get(1), CELLS.get(3))));
    }

    @Test
    void goesOnAfterACellThatFailed() throws Exception {
        PeerRound round = turn("unable", true);
        assertThat(round.samples())
                .filteredOn(sample -> sample.failure() != null)
                .containsExactly(Sample.failed(CELLS.get(1), "not today"));
        assertThat(round.samples()).hasSize(5);
    }

    @Test
    void goesOnWithFreshProcessesAfterOneEnded() throws Exception {
        PeerRound round = turn("mortal", true);
        assertThat(round.failure()).isNull();
        assertThat(round.samples())
                .filteredOn(sample -> sample.failure() != null)
                .containsExactly(Sample.failed(CELLS.get(1), "the client ended with status 7"));
        assertThat(round.samples()).extracting(Sample::cell).containsExactlyInAnyOrder(withWire(CELLS));
    }

    @Test
    void measuresNothingWhereAnAnswerIsWrong() throws Exception {
        PeerRound round = turn("wrong", true);
        assertThat(round.failure()).isEqualTo("a wrong answer");
        assertThat(round.samples()).hasSize(4).allMatch(sample -> "a wrong answer".equals(sample.failure()));
    }

    @Test
    void saysWhyAServerDoesNotStart() throws Exception {
        assertThat(turn("unstartable", true).failure())
                .startsWith("the server ended with status 1")
                .endsWith("no server today");
    }

    private PeerRound turn(String name, boolean async) throws Exception {
        PeerInfo peer = new PeerInfo(name, "", async, List.of());
        PeerModule module = new PeerModule(
                folder,
                List.of("-Xbootclasspath/a:" + Path.of("target/test-classes").toAbsolutePath()),
                List.of(peer));
        Settings settings = new Settings(1, 3, 1, 2, false, CELLS);
        return new Measuring(module, peer, settings, List.of("-Xmx64m"), folder, (sample, of) -> heard.add(sample))
                .run(new Turn(1, name, false));
    }

    private static String[] withWire(List<String> cells) {
        List<String> all = new ArrayList<>(List.of(Cell.WIRE));
        all.addAll(cells);
        return all.toArray(String[]::new);
    }
}
