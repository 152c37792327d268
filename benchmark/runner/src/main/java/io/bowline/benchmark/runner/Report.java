package io.bowline.benchmark.runner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code report.md}: what was measured, where and how, and what it says. */
final class Report {
    private final Results results;
    private final Tables tables;
    private final StringBuilder text = new StringBuilder();

    private Report(Results results) {
        this.results = results;
        this.tables = new Tables(new Data(results));
    }

    static String of(Results results) {
        Report report = new Report(results);
        report.head();
        report.targets();
        report.throughput();
        report.latency();
        report.costs();
        report.peers();
        report.rounds();
        return report.text.toString();
    }

    private void head() {
        Settings settings = results.settings();
        say("# Bowline and its peers: " + results.date().substring(0, 10) + ", JDK "
                + results.jdk().feature());
        say("Written by `benchmark/run` from `results.json`, which holds every single figure. How it is measured, and"
                + " why that is fair, stands in `benchmark/README.md`. Figures of different runs, or of different"
                + " machines, have no place in one table.");
        say("![getUser, 32 threads](chart.svg)");
        say("![getUser, asynchronous](chart-async.svg)");
        Table table = Table.ofText("", "");
        Machine machine = results.machine();
        table.row(
                "machine",
                machine.cpu() + ", " + machine.cores() + " cores, " + machine.memoryMegabytes() + " MB, "
                        + machine.system() + "; client and server both on it, over loopback TCP");
        table.row(
                "JDK",
                results.jdk().version() + " (" + results.jdk().vendor() + "; "
                        + results.jdk().collectors() + ")");
        table.row("flags", "`" + String.join(" ", results.flags()) + "`, for client and server of every peer");
        table.row("payload", results.payload());
        table.row("commit", results.commit());
        table.row(
                "rounds",
                settings.rounds() + " turns of each peer, with fresh processes, in rotated order; "
                        + settings.warmUpSeconds() + " s of warm-up a turn, then each cell "
                        + settings.cellWarmUpSeconds() + " s of its own warm-up and " + settings.seconds()
                        + " s of measurement");
        table.row(
                "figures",
                "medians of the quiet rounds, and in parentheses the least and the most; † where no round was quiet");
        say(table.toString());
    }

    private void targets() {
        say("## Targets");
        say("What the project has set itself: the ratio of two medians of this run, or a median. Picking a provider in"
                + " constant time is measured by `benchmark/micro`.");
        say(tables.targets());
    }

    private void throughput() {
        say("## Calls per second");
        say("Thousands of calls per second; behind the dot, how many times as fast Bowline's row, the first, is.");
        for (Load load : Load.values()) {
            if (!tables.measured(load, false).isEmpty()) {
                say("### " + Text.sentence(load.description()));
                for (Rivals rivals : Rivals.values()) {
                    List<String> among = rivals.among(new Data(results).peers());
                    if (!among.isEmpty()) {
                        say(rivals.title(among) + ":");
                        say(tables.throughput(load, rivals));
                    }
                }
            }
        }
    }

    private void latency() {
        if (Arrays.stream(Load.values())
                .allMatch(load -> tables.measured(load, true).isEmpty())) {
            return;
        }
        say("## Latency");
        say("Microseconds, p50 / p99 / p99.9, each load at the speed that it reaches by itself. That of one thread is"
                + " mostly the time that this machine takes to wake a thread.");
        for (Load load : Load.values()) {
            if (!tables.measured(load, true).isEmpty()) {
                say("### " + Text.sentence(load.description()) + ": latency");
                say(tables.latency(load));
            }
        }
    }

    private void costs() {
        say("## What a call costs");
        for (Load load : Load.values()) {
            if (!tables.measured(load, false).isEmpty()) {
                say("### " + Text.sentence(load.description()) + ": costs");
                say("Bytes allocated, client + server:");
                say(tables.allocation(load));
                say("Microseconds of CPU time, client + server = both:");
                say(tables.cpu(load));
                say("TCP segments that the machine sent, requests, responses and bare acknowledgements:");
                say(tables.segments(load));
            }
        }
        say("### On the wire");
        say("Bytes of one existUser after a hundred others, without the headers of TCP and IP. Its argument is "
                + Results.EXIST_USER_ARGUMENT + " bytes long.");
        say(tables.wire());
    }

    private void peers() {
        say("## Peers");
        Table table = Table.ofText("peer", "what it is", "flags of its own");
        for (PeerInfo peer : results.peers()) {
            table.row(
                    peer.name(),
                    peer.description(),
                    peer.flags().isEmpty() ? "" : "`" + String.join(" ", peer.flags()) + "`");
        }
        say(table.toString());
    }

    private void rounds() {
        say("## Rounds");
        say(
                "The share of the machine's CPU time that was neither idle nor used by client, server and runner, stolen time"
                        + " included; in parentheses what the hypervisor stole. Above "
                        + Math.round(Shares.LIMIT * 100)
                        + " % a turn is noisy: it is left out and made once more at the end. A cell is left out too if more"
                        + " than that went to others while it was measured.");
        List<String> headings = new ArrayList<>(List.of("peer"));
        for (int round = 1; round <= results.settings().rounds(); round++) {
            headings.add("round " + round);
        }
        Table table = Table.ofFigures(headings);
        for (PeerInfo peer : results.peers()) {
            List<String> row = new ArrayList<>(List.of(peer.name()));
            for (int round = 1; round <= results.settings().rounds(); round++) {
                row.add(turns(peer.name(), round));
            }
            table.row(row);
        }
        say(table.toString());
        failures();
    }

    private String turns(String peer, int round) {
        List<String> turns = results.rounds().stream()
                .filter(made -> made.peer().equals(peer) && made.round() == round)
                .map(made -> made.failure() != null
                        ? "failed"
                        : Text.percent(made.shares().others()) + " ("
                                + Text.percent(made.shares().stolen()) + ")" + (made.isNoisy() ? " noisy" : ""))
                .toList();
        return turns.isEmpty() ? "–" : String.join(", then ", turns);
    }

    private void failures() {
        List<String> failures = new ArrayList<>();
        for (PeerRound round : results.rounds()) {
            for (Sample sample : round.samples()) {
                if (sample.failure() != null) {
                    failures.add("- " + round.peer() + ", round " + round.round() + ", " + sample.cell() + ": "
                            + sample.failure());
                }
            }
        }
        if (!failures.isEmpty()) {
            say("### Failures");
            say(String.join("\n", failures));
        }
    }

    private void say(String paragraph) {
        text.append(text.isEmpty() ? "" : "\n")
                .append(paragraph.stripTrailing())
                .append('\n');
    }
}
