package io.bowline.benchmark.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final List<PeerInfo> KNOWN = List.of(peer("bowline"), peer("dubbo"), peer("grpc"), peer("rmi"));

    @Test
    void measuresEverythingFiveTimesUnlessToldOtherwise() {
        Settings settings = parse().settings();
        assertThat(settings.rounds()).isEqualTo(5);
        assertThat(settings.warmUpSeconds()).isGreaterThanOrEqualTo(24);
        assertThat(settings.cells()).hasSize(16);
        assertThat(parse().choose(KNOWN)).isEqualTo(KNOWN);
    }

    @Test
    void takesWhatItIsTold() {
        Options options = parse(
                "--rounds",
                "7",
                "--warm-up",
                "30",
                "--seconds",
                "3",
                "--peers",
                "grpc,bowline",
                "--cells",
                "sync-32/get,async/list",
                "--out",
                "there",
                "--resume");
        assertThat(options.settings())
                .isEqualTo(new Settings(
                        7,
                        30,
                        1,
                        3,
                        true,
                        List.of("sync-32/getUser/throughput", "async/listUser/throughput", "sync-32/getUser/latency")));
        assertThat(options.choose(KNOWN)).containsExactly(peer("grpc"), peer("bowline"));
        assertThat(options.out()).isEqualTo(Path.of("there"));
        assertThat(options.resume()).isTrue();
    }

    @Test
    void theShortFormFitsThreeMinutes() {
        Options options = parse("--short");
        Settings settings = options.settings();
        assertThat(settings.secondsPerTurn() * settings.rounds() * Options.SHORT_PEERS.size())
                .isBetween(150, 200);
        assertThat(options.choose(KNOWN)).containsExactly(peer("bowline"), peer("dubbo"), peer("grpc"));
        assertThat(settings.cells()).noneMatch(cell -> cell.startsWith("sync-1/"));
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        assertThatIllegalArgumentException().isThrownBy(() -> parse("--round")).withMessage("unknown option --round");
        assertThatIllegalArgumentException().isThrownBy(() -> parse("--out")).withMessage("--out needs a value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--rounds", "0"))
                .withMessage("--rounds 0: a number from 1 on is expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--cells", "putUser").settings())
                .withMessageStartingWith("--cells putUser: fits none of [sync-32/existUser/throughput, ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--peers", "thrift").choose(KNOWN))
                .withMessage("no peer thrift (known: [bowline, dubbo, grpc, rmi])");
    }

    private static Options parse(String... words) {
        return Options.parse(List.of(words));
    }

    private static PeerInfo peer(String name) {
        return new PeerInfo(name, "", true, List.of());
    }
}
