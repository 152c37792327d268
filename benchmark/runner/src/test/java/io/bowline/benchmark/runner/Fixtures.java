package io.bowline.benchmark.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Results by hand. */
final class Fixtures {
    static final String GET = "sync-32/getUser/throughput";

    private Fixtures() {}

    /** Three rounds of six peers: grpc was noisy in the second, turbo's latency failed in the first. */
    static Results recorded() throws IOException {
        return new ResultsFile(Path.of("src/test/resources")).read();
    }

    static Results results(int rounds, boolean again, List<String> peers, PeerRound... made) {
        return new Results(
                "2026-01-02T03:04:05Z",
                "abc1234",
                new Machine("A processor", 2, 8_000, "Linux 6"),
                new Jdk(17, "17.0.15+6", "Somebody", "G1"),
                List.of("-Xmx512m"),
                "a User",
                new Settings(rounds, 24, 1, 2, again, List.of(GET)),
                peers.stream()
                        .map(name -> new PeerInfo(name, name + " 1.0", true, List.of()))
                        .toList(),
                Arrays.asList(made));
    }

    static PeerRound round(int round, String peer, double others, double calls) {
        return round(round, peer, false, others, others, calls);
    }

    static PeerRound round(int round, String peer, boolean again, double others, double othersInCell, double calls) {
        Sample sample = Sample.of(
                GET,
                new Shares(othersInCell, 0),
                Map.of(Data.CALLS, calls, "clientCpuMicros", 10.0, "serverCpuMicros", 7.0));
        return new PeerRound(round, peer, again, new Shares(others, 0), null, List.of(sample));
    }
}
