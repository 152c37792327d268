package io.bowline.benchmark.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of the command line.
 *
 * @param rounds null where nothing was said, as with all that follows
 * @param peers names, in this order; empty for all
 * @param cells regular expressions of which a cell's label must hold one; empty for all
 */
record Options(
        boolean shortForm,
        boolean resume,
        @Nullable Integer rounds,
        @Nullable Integer warmUp,
        @Nullable Integer seconds,
        List<String> peers,
        List<String> cells,
        @Nullable Path out) {
    static final String USAGE = """
            benchmark/run [options]        measures, and writes results.json, report.md and chart.svg
              --short                      about three minutes: one round, four peers, half of the cells
              --rounds <n>                 turns of each peer (5)
              --peers <a,b,c>              some peers, in this order (all)
              --cells <expression,…>       some cells: 'sync-32', 'getUser/throughput', 'async/(get|list)User'
              --warm-up <seconds>          of each turn, over all its cells mixed (24)
              --seconds <seconds>          each cell, after one of warm-up (2)
              --out <folder>               (benchmark/results/<date>-jdk<version>)
              --resume                     goes on with a run: that of --out, or the last; --rounds adds to it
            benchmark/run report <folder>  writes report.md and chart.svg anew from results.json
            benchmark/run smoke            does every peer work? measures nothing worth knowing
            """;

    /** What the three minutes are for: our two modes, and the two peers that everybody knows. */
    static final List<String> SHORT_PEERS = List.of("bowline", "bowline-direct", "grpc", "dubbo");

    static Options parse(List<String> words) {
        boolean shortForm = false;
        boolean resume = false;
        Integer rounds = null;
        Integer warmUp = null;
        Integer seconds = null;
        List<String> peers = List.of();
        List<String> cells = List.of();
        Path out = null;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "--short" -> shortForm = true;
                case "--resume" -> resume = true;
                case "--rounds" -> rounds = number(word, rest);
                case "--warm-up" -> warmUp = number(word, rest);
                case "--seconds" -> seconds = number(word, rest);
                case "--peers" -> peers = List.of(value(word, rest).split(",", -1));
                case "--cells" -> cells = List.of(value(word, rest).split(",", -1));
                case "--out" -> out = Path.of(value(word, rest));
                default -> throw new IllegalArgumentException("unknown option " + word);
            }
        }
        return new Options(shortForm, resume, rounds, warmUp, seconds, peers, cells, out);
    }

    Settings settings() {
        List<String> labels = cellLabels();
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("--cells " + String.join(",", cells) + ": fits none of "
                    + Cell.all().stream().map(Cell::label).toList());
        }
        return shortForm
                ? new Settings(or(rounds, 1), or(warmUp, 12), 1, or(seconds, 1), false, labels)
                : new Settings(or(rounds, 5), or(warmUp, 24), 1, or(seconds, 2), true, labels);
    }

    /** The chosen ones of these, in the order of choice. */
    List<PeerInfo> choose(List<PeerInfo> known) {
        if (peers.isEmpty()) {
            return shortForm
                    ? known.stream()
                            .filter(peer -> SHORT_PEERS.contains(peer.name()))
                            .toList()
                    : known;
        }
        List<PeerInfo> chosen = new ArrayList<>();
        for (String name : peers) {
            chosen.add(known.stream()
                    .filter(peer -> peer.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no peer " + name + " (known: "
                            + known.stream().map(PeerInfo::name).toList() + ")")));
        }
        return chosen;
    }

    private List<String> cellLabels() {
        List<Pattern> patterns = cells.stream().map(Pattern::compile).toList();
        return Cell.all().stream()
                .filter(cell -> !shortForm || cell.load() != Load.SYNC_1)
                .map(Cell::label)
                .filter(label -> patterns.isEmpty()
                        || patterns.stream()
                                .anyMatch(pattern -> pattern.matcher(label).find()))
                .toList();
    }

    private static int or(@Nullable Integer said, int otherwise) {
        return said == null ? otherwise : said;
    }

    private static int number(String option, Iterator<String> rest) {
        String value = value(option, rest);
        if (!value.matches("[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException(option + " " + value + ": a number from 1 on is expected");
        }
        return Integer.parseInt(value);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }
}
