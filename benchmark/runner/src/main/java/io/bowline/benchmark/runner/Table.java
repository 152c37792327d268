package io.bowline.benchmark.runner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown. */
final class Table {
    private final int columns;
    private final StringBuilder text = new StringBuilder();

    private Table(List<String> headings, String alignment) {
        columns = headings.size();
        line(headings);
        List<String> rule = new ArrayList<>(Collections.nCopies(columns, alignment));
        rule.set(0, "---");
        line(rule);
    }

    /** The first column to the left, the others to the right. */
    static Table ofFigures(List<String> headings) {
        return new Table(headings, "---:");
    }

    static Table ofText(String... headings) {
        return new Table(List.of(headings), "---");
    }

    void row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells.size() + " cells (expected: " + columns + ")");
        }
        line(cells);
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    private void line(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
