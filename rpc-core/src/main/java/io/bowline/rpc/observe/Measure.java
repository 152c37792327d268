package io.bowline.rpc.observe;

import java.util.List;

/**
 * What is measured, whoever and however often: a name that all its series share.
 *
 * @param name words with points between, after OpenTelemetry's conventions: {@code rpc.client.call.duration}
 * @param unit in the notation of UCUM: {@code s}, {@code By}, {@code 1}, {@code {call}}
 * @param description one sentence, for who reads it on a dashboard
 * @param boundaries where a histogram or a timer that counts by ranges should divide them, in the unit, ascending; empty to
 *     leave that to the meters
 */
public record Measure(String name, String unit, String description, List<Double> boundaries) {
    public Measure {
        if (!name.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")) {
            throw new IllegalArgumentException("measure: '" + name + "' (expected: small letters, points between)");
        }
        boundaries = List.copyOf(boundaries);
        for (int i = 1; i < boundaries.size(); i++) {
            if (!(boundaries.get(i - 1) < boundaries.get(i))) {
                throw new IllegalArgumentException("boundaries: " + boundaries + " (expected: ascending)");
            }
        }
    }

    /** A measure that divides nothing into ranges. */
    public static Measure of(String name, String unit, String description) {
        return new Measure(name, unit, description, List.of());
    }
}
