package io.bowline.benchmark.runner;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one cell gave in one round.
 *
 * @param cell the cell's label, or {@link Cell#WIRE}
 * @param figures by name, as the client's process gave them: calls per second, microseconds, bytes
 * @param failure why there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Sample(
        String cell,
        @Nullable Shares shares,
        Map<String, Double> figures,
        @Nullable String failure) {
    static Sample of(String cell, Shares shares, Map<String, Double> figures) {
        return new Sample(cell, shares, figures, null);
    }

    static Sample failed(String cell, String failure) {
        return new Sample(cell, null, Map.of(), failure);
    }

    /** The figures of a line of {@code name=figure} pairs. */
    static Map<String, Double> figures(String line) {
        Map<String, Double> figures = new TreeMap<>();
        for (String pair : line.strip().split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not name=figure: " + pair);
            }
            figures.put(pair.substring(0, equals), Double.parseDouble(pair.substring(equals + 1)));
        }
        return figures;
    }

    boolean isNoisy() {
        return shares != null && shares.areNoisy();
    }
}
