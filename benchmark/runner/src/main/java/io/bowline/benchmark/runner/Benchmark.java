package io.bowline.benchmark.runner;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A run: the turns of all peers, one after another, each kept as soon as it is done. */
final class Benchmark {
    /** The same for both sides of every peer. A fixed heap, so that nobody's grows while it is measured. */
    static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m");

    private static final String COMMIT = System.getProperty("benchmark.commit", "unknown");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Benchmark() {}

    /** True if every cell of every peer was measured. */
    static boolean run(Path home, Options options) throws IOException, Gone, InterruptedException {
        Path logs = home.resolve("runner/target/logs");
        List<PeerModule> modules = PeerModule.in(home.resolve("peers"), logs);
        ResultsFile file = new ResultsFile(folder(home, options));
        Results results = options.resume() ? resumed(file.read(), options) : begun(modules, options);
        announce(results, file);
        for (List<Turn> left = Turn.left(results); !left.isEmpty(); left = Turn.left(results)) {
            Turn turn = left.get(0);
            System.out.printf(
                    "%nround %d/%d  %s%s, %d to go%n",
                    turn.round(), results.settings().rounds(), turn.peer(), turn.again() ? " again" : "", left.size());
            results = results.with(make(turn, results, modules, logs));
            file.write(results);
        }
        Reports.write(file);
        System.out.println("\n" + file.folder().resolve("report.md"));
        return results.rounds().stream()
                .allMatch(round -> round.failure() == null
                        && round.samples().stream().allMatch(sample -> sample.failure() == null));
    }

    private static PeerRound make(Turn turn, Results results, List<PeerModule> modules, Path logs)
            throws IOException, InterruptedException {
        for (PeerModule module : modules) {
            for (PeerInfo peer : module.peers()) {
                if (peer.name().equals(turn.peer())) {
                    PeerRound made = new Measuring(
                                    module, peer, results.settings(), results.flags(), logs, Benchmark::tell)
                            .run(turn);
                    System.out.println("  others used "
                            + Text.percent(made.shares().others()) + " of the machine ("
                            + Text.percent(made.shares().stolen()) + " stolen)" + (made.isNoisy() ? ": noisy" : ""));
                    return made;
                }
            }
        }
        throw new IllegalArgumentException("the peer " + turn.peer() + " is not built");
    }

    private static void tell(Sample sample, PeerInfo peer) {
        String failure = sample.failure();
        System.out.printf("  %-28s %s%n", sample.cell(), failure == null ? sample.figures() : "FAILED " + failure);
    }

    private static void announce(Results results, ResultsFile file) {
        List<Turn> left = Turn.left(results);
        System.out.printf(
                "JDK %s; peers %s; %d turns, about %d min; results in %s%n",
                results.jdk().version(),
                results.peers().stream().map(PeerInfo::name).toList(),
                left.size(),
                Math.round(left.size() * results.settings().secondsPerTurn() / 60.0),
                file.folder());
    }

    private static Results begun(List<PeerModule> modules, Options options) {
        List<PeerInfo> known =
                modules.stream().flatMap(module -> module.peers().stream()).toList();
        List<PeerInfo> chosen = options.choose(known);
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no peer is built");
        }
        return new Results(
                Instant.now().toString(),
                COMMIT,
                Machine.here(),
                Jdk.here(),
                FLAGS,
                Results.PAYLOAD,
                options.settings(),
                chosen,
                List.of());
    }

    /** What was begun here, of this tree and with this JDK: others' figures have no place in the same table. */
    private static Results resumed(Results results, Options options) {
        String then = results.commit() + ", " + results.jdk() + ", " + results.machine();
        String now = COMMIT + ", " + Jdk.here() + ", " + Machine.here();
        if (!then.equals(now)) {
            throw new IllegalArgumentException("--resume: that run is of " + then + "; this is " + now);
        }
        Integer rounds = options.rounds();
        Settings before = results.settings();
        return rounds == null || rounds < before.rounds()
                ? results
                : results.withSettings(new Settings(
                        rounds,
                        before.warmUpSeconds(),
                        before.cellWarmUpSeconds(),
                        before.seconds(),
                        before.again(),
                        before.cells()));
    }

    /** Where the results are or will be; nothing that is there is written over by a run that begins. */
    private static Path folder(Path home, Options options) throws IOException {
        Path out = options.out();
        Path all = home.resolve("results");
        if (options.resume()) {
            return out == null ? latest(all) : out;
        }
        if (out == null) {
            String name = DAY.format(Instant.now()) + "-jdk" + Runtime.version().feature()
                    + (options.shortForm() ? "-short" : "");
            return Stream.iterate(1, number -> number + 1)
                    .map(number -> all.resolve(number == 1 ? name : name + "-" + number))
                    .filter(folder -> !Files.exists(folder))
                    .findFirst()
                    .orElseThrow();
        }
        if (Files.exists(new ResultsFile(out).path())) {
            throw new IllegalArgumentException("--out: there are results in " + out + "; --resume goes on with them");
        }
        return out;
    }

    /** The one that was written last. */
    private static Path latest(Path all) throws IOException {
        Path latest = null;
        FileTime time = FileTime.fromMillis(0);
        if (Files.isDirectory(all)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
                for (Path folder : folders) {
                    Path results = new ResultsFile(folder).path();
                    if (Files.exists(results)
                            && Files.getLastModifiedTime(results).compareTo(time) > 0) {
                        latest = folder;
                        time = Files.getLastModifiedTime(results);
                    }
                }
            }
        }
        if (latest == null) {
            throw new IllegalArgumentException("--resume: there are no results yet");
        }
        return latest;
    }
}
