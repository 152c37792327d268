package io.bowline.rpc.observe;

import java.util.List;

/**
 * What is measured of calls on one side. Names and ranges of the duration are OpenTelemetry's (semantic conventions 1.45.0);
 * it names no others, and ours follow its manner.
 *
 * @param active calls under way
 * @param started calls that began
 * @param failed calls that failed, by status
 * @param rate calls that begin a second
 * @param duration how long calls took, by status
 * @param deadlineUsed which part of its deadline a call took
 */
record CallMeasures(
        Measure active, Measure started, Measure failed, Measure rate, Measure duration, Measure deadlineUsed) {
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    private static final List<Double> SHARES = List.of(0.1, 0.25, 0.5, 0.75, 0.9, 1.0);

    /** How often a provider was asked: calls, and what a strategy adds to them. */
    static final Measure ATTEMPTS =
            Measure.of("rpc.client.attempts", "{attempt}", "Attempts of calls, repeated ones among them");

    static final Measure ATTEMPTS_FAILED =
            Measure.of("rpc.client.attempts.failed", "{attempt}", "Attempts of calls that failed");

    static CallMeasures of(Side side) {
        String rpc = "rpc." + side.word() + ".";
        String calls = side == Side.CLIENT ? "Outgoing calls" : "Incoming calls";
        return new CallMeasures(
                Measure.of(rpc + "active_calls", "{call}", calls + " under way"),
                Measure.of(rpc + "calls.started", "{call}", calls + " that have begun"),
                Measure.of(rpc + "calls.failed", "{call}", calls + " that have failed"),
                Measure.of(rpc + "call.rate", "{call}/s", calls + " a second"),
                new Measure(rpc + "call.duration", "s", "Duration of " + lower(calls), SECONDS),
                new Measure(
                        rpc + "call.deadline.used",
                        "1",
                        "Part of the deadline that " + lower(calls) + " took",
                        SHARES));
    }

    private static String lower(String calls) {
        return Character.toLowerCase(calls.charAt(0)) + calls.substring(1);
    }
}
