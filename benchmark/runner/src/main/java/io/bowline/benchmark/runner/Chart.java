package io.bowline.benchmark.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** getUser's calls per second under one load, as bars on no background, in colours for light pages and dark ones. */
final class Chart {
    private static final int WIDTH = 760;
    private static final int BARS = 128;
    private static final int BARS_END = 580;
    private static final int ROW = 22;
    private static final int BAR = 13;

    private static final String INK = "#768390";
    private static final String OURS = "#2f81f7";
    private static final String THEIRS = "#9aa5b1";

    private final Data data;
    private final String cell;
    private final StringBuilder body = new StringBuilder();
    private int y = 24;

    /** A peer's bar; its ratio says how many times as fast ours is. */
    private record Bar(String peer, Spread spread, boolean ours, Optional<Double> ratio) {}

    private Chart(Data data, Load load) {
        this.data = data;
        this.cell = Cell.throughput(load, "getUser").label();
    }

    static String of(Results results, Load load) {
        Chart chart = new Chart(new Data(results), load);
        chart.text(0, "start", "title", "Thousands of calls per second: getUser, " + load.description());
        double longest = results.peers().stream()
                .flatMap(peer -> chart.data.spread(peer.name(), chart.cell, Data.CALLS).stream())
                .mapToDouble(Spread::most)
                .max()
                .orElse(1);
        for (Rivals rivals : Rivals.values()) {
            chart.panel(rivals, (BARS_END - BARS) / longest);
        }
        chart.foot(results);
        return chart.whole();
    }

    private void panel(Rivals rivals, double scale) {
        List<Bar> bars = bars(rivals);
        if (bars.isEmpty()) {
            return;
        }
        y += 36;
        text(0, "start", "head", rivals.title(bars.stream().map(Bar::peer).toList()));
        if (bars.stream().anyMatch(Bar::ours)) {
            text(WIDTH, "end", "small", rivals.ours() + " is");
        }
        y += 6;
        bars.forEach(bar -> row(bar, scale));
    }

    /** The fastest first. */
    private List<Bar> bars(Rivals rivals) {
        List<Bar> bars = new ArrayList<>();
        for (String peer : rivals.among(data.peers())) {
            boolean ours = peer.equals(rivals.ours());
            data.spread(peer, cell, Data.CALLS)
                    .map(spread -> new Bar(peer, spread, ours, data.ratio(rivals.ours(), peer, cell, Data.CALLS)))
                    .ifPresent(bars::add);
        }
        bars.sort(Comparator.comparingDouble((Bar bar) -> bar.spread.median()).reversed());
        return bars;
    }

    private void row(Bar bar, double scale) {
        y += ROW;
        String kind = bar.ours ? "ours" : "name";
        double most = BARS + bar.spread.most() * scale;
        text(BARS - 10, "end", kind, bar.peer);
        draw(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>",
                BARS,
                y - BAR + 2,
                bar.spread.median() * scale,
                BAR,
                bar.ours ? OURS : THEIRS));
        if (bar.spread.count() > 1) {
            draw(String.format(
                    Locale.ROOT,
                    "<path d=\"M%.1f %dH%.1f\" stroke=\"%s\" stroke-width=\"1.5\"/>",
                    BARS + bar.spread.least() * scale,
                    y - BAR / 2 + 2,
                    most,
                    INK));
        }
        text((int) Math.round(most) + 8, "start", kind, Text.spread(bar.spread.alone(), 1_000));
        if (!bar.ours) {
            bar.ratio.ifPresent(ratio -> text(WIDTH, "end", "name", Text.ratio(ratio)));
        }
    }

    private void foot(Results results) {
        Machine machine = results.machine();
        Settings settings = results.settings();
        y += 36;
        text(
                0,
                "start",
                "small",
                "%s, %d cores, client and server on it, loopback TCP · JDK %s · %s"
                        .formatted(
                                machine.cpu(),
                                machine.cores(),
                                results.jdk().version(),
                                String.join(" ", results.flags())));
        y += 16;
        String rounds = settings.rounds() == 1
                ? "one round"
                : "median of " + settings.rounds() + " rotated rounds (line: least to most)";
        text(
                0,
                "start",
                "small",
                "User of 12 fields · %s after %d s of warm-up · %s · %s"
                        .formatted(
                                rounds,
                                settings.warmUpSeconds(),
                                results.commit(),
                                results.date().substring(0, 10)));
    }

    private void text(int x, String anchor, String kind, String words) {
        draw(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                x,
                y,
                anchor,
                kind,
                words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
    }

    private void draw(String element) {
        body.append("  ").append(element).append('\n');
    }

    private String whole() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" \
                aria-label="getUser, calls per second: Bowline and its peers">
                  <style>
                    text { font: 12.5px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: %3$s; }
                    .title { font-size: 15px; font-weight: 600; }
                    .head { font-weight: 600; }
                    .small { font-size: 11.5px; }
                    .ours { font-weight: 600; fill: %4$s; }
                  </style>
                %5$s</svg>
                """.formatted(WIDTH + 16, y + 12, INK, OURS, body);
    }
}
