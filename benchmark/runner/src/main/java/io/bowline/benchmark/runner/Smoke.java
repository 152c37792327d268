package io.bowline.benchmark.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One second of each load for every peer: that the harness and all peers work, not how fast. */
final class Smoke {
    /** Quick to start; nobody looks at the speed. */
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final List<String> CELLS = List.of(
            Cell.throughput(Load.SYNC_1, "existUser").label(),
            Cell.throughput(Load.SYNC_32, "getUser").label(),
            Cell.throughput(Load.ASYNC, "listUser").label());

    private Smoke() {}

    /** True if every peer did everything. */
    static boolean run(Path home, Options options) throws IOException, Gone, InterruptedException {
        Path logs = home.resolve("runner/target/logs");
        Settings settings = new Settings(1, 0, 0, 1, false, CELLS);
        List<String> broken = new ArrayList<>();
        List<PeerModule> modules = PeerModule.in(home.resolve("peers"), logs);
        List<PeerInfo> chosen = options.choose(
                modules.stream().flatMap(module -> module.peers().stream()).toList());
        for (PeerModule module : modules) {
            for (PeerInfo peer : module.peers()) {
                if (chosen.contains(peer)) {
                    long begin = System.nanoTime();
                    List<String> failures =
                            failures(new Measuring(module, peer, settings, FLAGS, logs, (sample, of) -> {})
                                    .run(new Turn(1, peer.name(), false)));
                    System.out.printf(
                            "%-16s %s  %.1f s%n",
                            peer.name(),
                            failures.isEmpty() ? "works" : "FAILED " + failures,
                            (System.nanoTime() - begin) / 1e9);
                    if (!failures.isEmpty()) {
                        broken.add(peer.name());
                    }
                }
            }
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no peer is built");
        }
        System.out.println(
                broken.isEmpty() ? "smoke: all " + chosen.size() + " peers work" : "smoke: broken " + broken);
        return broken.isEmpty();
    }

    private static List<String> failures(PeerRound round) {
        return Stream.concat(
                        Stream.ofNullable(round.failure()),
                        round.samples().stream()
                                .filter(sample -> sample.failure() != null)
                                .map(sample -> sample.cell() + ": " + sample.failure()))
                .toList();
    }
}
