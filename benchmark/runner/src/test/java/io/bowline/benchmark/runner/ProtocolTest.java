package io.bowline.benchmark.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said to the processes of a peer and understood of them. */
class ProtocolTest {
    @Test
    void ordersACellAsTheClientUnderstandsIt() {
        assertThat(Cell.labelled("sync-32/getUser/latency").order(1, 2)).isEqualTo("run sync getUser 32 sample 1 2");
        assertThat(Cell.labelled("async/listUser/throughput").order(0, 1)).isEqualTo("run async listUser 1 thrpt 0 1");
    }

    @Test
    void everyCellHasALabelThatLeadsBackToIt() {
        assertThat(Cell.all())
                .doesNotHaveDuplicates()
                .allSatisfy(cell -> assertThat(Cell.labelled(cell.label())).isEqualTo(cell));
    }

    @Test
    void readsFiguresByName() {
        assertThat(Sample.figures("p50=12.500 p99=99.000")).isEqualTo(Map.of("p50", 12.5, "p99", 99.0));
        assertThatIllegalArgumentException().isThrownBy(() -> Sample.figures("ok"));
    }

    @Test
    void readsAPeersLine() {
        assertThat(PeerModule.parse("PEER\tgrpc-direct\tgRPC 1.2, on the I/O thread\ttrue", List.of("-Dx=y")))
                .isEqualTo(new PeerInfo("grpc-direct", "gRPC 1.2, on the I/O thread", true, List.of("-Dx=y")));
    }

    @Test
    void readsFlagsWithoutComments() {
        assertThat(PeerModule.parseFlags(List.of("# why", "", " --add-opens=a/b=ALL-UNNAMED ", "-Dx=y")))
                .containsExactly("--add-opens=a/b=ALL-UNNAMED", "-Dx=y");
    }

    @Test
    void startsAPeerWithEverybodysFlagsThenItsOwn() {
        PeerModule module = new PeerModule(Path.of("peers", "rmi"), List.of("-Dx=y"), List.of());
        assertThat(module.command(List.of("-Xmx512m"), "ServerMain", "rmi", "9"))
                .endsWith(
                        "-Xmx512m",
                        "-Dx=y",
                        "-cp",
                        "peers/rmi/target/classes:peers/rmi/target/lib/*",
                        "io.bowline.benchmark.kit.ServerMain",
                        "rmi",
                        "9");
    }
}
