package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * When a circuit breaker opens, and how it closes again.
 *
 * @param window what it looks back on
 * @param failureRate the part of the calls in the window, more than 0 and at most 1, that opens it by failing
 * @param slow when a call is slow, and what part of slow ones opens it
 * @param open how long it keeps calls out before it lets probes in
 * @param probes how many calls must go well, one after the other or at once, to close it; the first that does not opens
 *     it again
 * @param failures what counts as a failure. Answers of the service, its own exceptions among them, count as successes
 *     unless they are named here; what says nothing of the provider, as a call that its caller cancelled, does not count
 */
public record CircuitBreakerPolicy(
        Window window, double failureRate, Slow slow, Duration open, int probes, Set<Code> failures) {
    /** What tells of a provider that cannot cope: no answer, no time, no room, a defect. */
    public static final Set<Code> TROUBLE = Set.copyOf(EnumSet.of(
            Code.DEADLINE_EXCEEDED, Code.CONNECTION_LOST, Code.OVERLOADED, Code.INTERNAL, Code.PROTOCOL_ERROR));

    /** Half of at least 20 calls in 10 s failed; closed again by 3 good calls after 5 s. Slow calls do not count. */
    public static final CircuitBreakerPolicy DEFAULT = new CircuitBreakerPolicy(
            Window.ofTime(Duration.ofSeconds(10), 20), 0.5, Slow.NEVER, Duration.ofSeconds(5), 3, TROUBLE);

    /** Never opens. */
    public static final CircuitBreakerPolicy OFF =
            new CircuitBreakerPolicy(Window.ofCalls(1, 1), 1, Slow.NEVER, Duration.ZERO, 1, Set.of());

    public CircuitBreakerPolicy {
        checkRate("failureRate", failureRate);
        if (open.isNegative()) {
            throw new IllegalArgumentException("open: " + open + " (expected: >= 0)");
        }
        if (probes < 1 || probes > 1_000) {
            throw new IllegalArgumentException("probes: " + probes + " (expected: 1 to 1000)");
        }
        if (failures.contains(Code.CANCELLED)) {
            throw new IllegalArgumentException(
                    "failures: CANCELLED (expected: without; a caller's change of mind is no failure)");
        }
        failures = Set.copyOf(failures);
    }

    public CircuitBreakerPolicy withWindow(Window window) {
        return new CircuitBreakerPolicy(window, failureRate, slow, open, probes, failures);
    }

    public CircuitBreakerPolicy withFailureRate(double failureRate) {
        return new CircuitBreakerPolicy(window, failureRate, slow, open, probes, failures);
    }

    public CircuitBreakerPolicy withSlow(Slow slow) {
        return new CircuitBreakerPolicy(window, failureRate, slow, open, probes, failures);
    }

    public CircuitBreakerPolicy withOpen(Duration open) {
        return new CircuitBreakerPolicy(window, failureRate, slow, open, probes, failures);
    }

    public CircuitBreakerPolicy withProbes(int probes) {
        return new CircuitBreakerPolicy(window, failureRate, slow, open, probes, failures);
    }

    public CircuitBreakerPolicy withFailures(Set<Code> failures) {
        return new CircuitBreakerPolicy(window, failureRate, slow, open, probes, failures);
    }

    /** Whether it can open at all. */
    public boolean active() {
        return !failures.isEmpty() || slow.counts();
    }

    private static void checkRate(String name, double rate) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException(name + ": " + rate + " (expected: more than 0, at most 1)");
        }
    }

    /**
     * What is looked back on: the last calls, or the calls of the last while.
     *
     * @param calls how many calls; 0 for a window of time
     * @param time how long; zero for a window of calls
     * @param minCalls fewer calls than this say nothing
     */
    public record Window(int calls, Duration time, int minCalls) {
        public Window {
            boolean byTime = calls == 0 && time.compareTo(Duration.ofMillis(10)) >= 0;
            boolean byCalls = calls > 0 && calls <= 100_000 && time.isZero();
            if (!byTime && !byCalls) {
                throw new IllegalArgumentException("calls: " + calls + ", time: " + time
                        + " (expected: 1 to 100000 calls, or a time of at least 10 ms)");
            }
            if (minCalls < 1 || (byCalls && minCalls > calls)) {
                throw new IllegalArgumentException(
                        "minCalls: " + minCalls + " (expected: at least 1, and no more than the window's calls)");
            }
        }

        /** The last so many calls. */
        public static Window ofCalls(int calls, int minCalls) {
            return new Window(calls, Duration.ZERO, minCalls);
        }

        /** The calls that ended in the last so long, give or take a tenth. */
        public static Window ofTime(Duration time, int minCalls) {
            return new Window(0, time, minCalls);
        }
    }

    /**
     * When a call is slow.
     *
     * @param after a call that takes longer is slow; zero where no call is
     * @param rate the part of the calls in the window, more than 0 and at most 1, that opens the breaker by being slow
     */
    public record Slow(Duration after, double rate) {
        /** No call is slow. */
        public static final Slow NEVER = new Slow(Duration.ZERO, 1);

        public Slow {
            if (after.isNegative()) {
                throw new IllegalArgumentException("after: " + after + " (expected: >= 0)");
            }
            checkRate("rate", rate);
        }

        boolean counts() {
            return !after.isZero();
        }
    }
}
