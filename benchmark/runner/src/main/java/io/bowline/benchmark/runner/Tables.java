package io.bowline.benchmark.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** The tables of the report, each as Markdown. */
record Tables(Data data) {
    private static final String NOTHING = "–";

    String targets() {
        Table table = Table.ofText("figure", "target", "measured", "");
        for (Target target : Target.all()) {
            Optional<Double> measured = target.measured().apply(data);
            table.row(
                    target.figure(),
                    target.wanted(),
                    measured.map(Text::figure).orElse(NOTHING),
                    measured.map(value -> target.isMet(value) ? "met" : "**missed**")
                            .orElse("not measured"));
        }
        return table.toString();
    }

    /** Thousands of calls a second; behind them, how many times as fast Bowline is. */
    String throughput(Load load, Rivals rivals) {
        List<String> operations = measured(load, false);
        Table table = table(operations);
        for (String peer : rivals.among(data.peers())) {
            List<String> row = new ArrayList<>(List.of(peer));
            for (String operation : operations) {
                String cell = Cell.throughput(load, operation).label();
                String calls = data.spread(peer, cell, Data.CALLS)
                        .map(spread -> Text.spread(spread, 1_000))
                        .orElseGet(() -> missing(peer, cell));
                String ratio = data.ratio(rivals.ours(), peer, cell, Data.CALLS)
                        .filter(known -> !peer.equals(rivals.ours()))
                        .map(known -> " · **" + Text.ratio(known) + "**")
                        .orElse("");
                row.add(calls + ratio);
            }
            table.row(row);
        }
        return table.toString();
    }

    String latency(Load load) {
        List<String> operations = measured(load, true);
        return each(
                operations,
                (peer, operation) ->
                        figures(peer, new Cell(load, operation, true).label(), List.of("p50", "p99", "p999"), " / "));
    }

    String allocation(Load load) {
        return each(
                measured(load, false),
                (peer, operation) -> figures(
                        peer, Cell.throughput(load, operation).label(), List.of("clientBytes", "serverBytes"), " + "));
    }

    String cpu(Load load) {
        return each(measured(load, false), (peer, operation) -> {
            String cell = Cell.throughput(load, operation).label();
            String parts = figures(peer, cell, List.of("clientCpuMicros", "serverCpuMicros"), " + ");
            return parts
                    + data.median(peer, cell, Data.CPU)
                            .map(sum -> " = **" + Text.figure(sum) + "**")
                            .orElse("");
        });
    }

    String segments(Load load) {
        return each(
                measured(load, false),
                (peer, operation) ->
                        figures(peer, Cell.throughput(load, operation).label(), List.of("segments"), ""));
    }

    String wire() {
        Table table = Table.ofFigures(List.of("peer", "request", "response"));
        for (String peer : data.peers()) {
            table.row(
                    peer,
                    figures(peer, Cell.WIRE, List.of("requestBytes"), ""),
                    figures(peer, Cell.WIRE, List.of("responseBytes"), ""));
        }
        return table.toString();
    }

    /** The operations of a load that this run has cells of. */
    List<String> measured(Load load, boolean latency) {
        return Cell.OPERATIONS.stream()
                .filter(operation -> data.has(new Cell(load, operation, latency).label()))
                .toList();
    }

    private String each(List<String> operations, BinaryOperator<String> text) {
        Table table = table(operations);
        for (String peer : data.peers()) {
            List<String> row = new ArrayList<>(List.of(peer));
            operations.forEach(operation -> row.add(text.apply(peer, operation)));
            table.row(row);
        }
        return table.toString();
    }

    private static Table table(List<String> operations) {
        List<String> headings = new ArrayList<>(List.of("peer"));
        headings.addAll(operations);
        return Table.ofFigures(headings);
    }

    private String figures(String peer, String cell, List<String> names, String between) {
        Function<String, Optional<String>> figure =
                name -> data.median(peer, cell, name).map(Text::figure);
        List<String> known =
                names.stream().map(figure).flatMap(Optional::stream).toList();
        return known.isEmpty() ? missing(peer, cell) : String.join(between, known);
    }

    private String missing(String peer, String cell) {
        boolean failed = data.results().rounds().stream()
                .filter(round -> round.peer().equals(peer))
                .flatMap(round -> round.samples().stream())
                .anyMatch(sample -> sample.cell().equals(cell) && sample.failure() != null);
        return failed ? "failed" : NOTHING;
    }
}
