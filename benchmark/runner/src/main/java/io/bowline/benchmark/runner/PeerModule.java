package io.bowline.benchmark.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder of {@code benchmark/peers} that has been built, with one or more peers in it. */
record PeerModule(Path folder, List<String> flags, List<PeerInfo> peers) {
    private static final String SERVICES = "target/classes/META-INF/services/io.bowline.benchmark.kit.Peer";

    /** All that are built below a folder, by the names of theirs. */
    static List<PeerModule> in(Path peers, Path logs) throws IOException, Gone, InterruptedException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(peers)) {
            folders = all.filter(folder -> Files.isRegularFile(folder.resolve(SERVICES)))
                    .sorted()
                    .toList();
        }
        List<PeerModule> modules = new ArrayList<>();
        for (Path folder : folders) {
            PeerModule silent = new PeerModule(folder, flags(folder), List.of());
            modules.add(new PeerModule(folder, silent.flags, silent.ask(logs)));
        }
        return modules;
    }

    /** A java command with this module's classes and flags: {@code command(List.of("-Xmx1g"), "Main", "argument")}. */
    List<String> command(List<String> everybodysFlags, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(everybodysFlags);
        command.addAll(flags);
        command.addAll(List.of("-cp", folder.resolve("target/classes") + ":" + folder.resolve("target/lib") + "/*"));
        command.add("io.bowline.benchmark.kit." + main);
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@code jvm.flags}: a flag a line; lines that begin with {@code #} are comments. */
    private static List<String> flags(Path folder) throws IOException {
        Path file = folder.resolve("jvm.flags");
        return Files.exists(file) ? parseFlags(Files.readAllLines(file)) : List.of();
    }

    static List<String> parseFlags(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private List<PeerInfo> ask(Path logs) throws IOException, Gone, InterruptedException {
        List<String> command = command(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"), "PeersMain");
        List<PeerInfo> found = new ArrayList<>();
        try (Child child = Child.start("the list of " + folder.getFileName(), command, logs.resolve("peers.err"))) {
            for (String line = child.await(Duration.ofSeconds(30), "PEER\t", "END");
                    !line.equals("END");
                    line = child.await(Duration.ofSeconds(30), "PEER\t", "END")) {
                found.add(parse(line, flags));
            }
        }
        return found;
    }

    /** {@code PEER <name> <description> <async>}, by tabs. */
    static PeerInfo parse(String line, List<String> flags) {
        String[] parts = line.split("\t", -1);
        return new PeerInfo(parts[1], parts[2], Boolean.parseBoolean(parts[3]), flags);
    }
}
