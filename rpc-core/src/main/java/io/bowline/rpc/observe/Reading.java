package io.bowline.rpc.observe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one series of {@link MemoryMeters} says at a moment.
 *
 * @param measure what is measured
 * @param labels of which
 * @param kind what the numbers are
 * @param numbers by name: {@code value} of a gauge; {@code count} of a counter; {@code count}, {@code m1}, {@code m5} and {@code
 *     m15}, by minutes, of a rate; {@code count}, {@code sum}, {@code p50}, {@code p90}, {@code p99} and {@code max} of a
 *     histogram or a timer, in the measure's unit. Count and sum are of all time; quantiles and the greatest value are of the
 *     last one to two minutes, and up to an eighth too high
 */
public record Reading(Measure measure, Map<String, String> labels, Kind kind, Map<String, Double> numbers) {
    /** The kinds of meters. */
    public enum Kind {
        GAUGE,
        COUNTER,
        RATE,
        HISTOGRAM,
        TIMER
    }

    public Reading {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    /** One of the numbers; fails for a name that the kind does not have. */
    public double value(String name) {
        Double value = numbers.get(name);
        if (value == null) {
            throw new IllegalArgumentException("value: '" + name + "' (expected: one of " + numbers.keySet() + ")");
        }
        return value;
    }
}
