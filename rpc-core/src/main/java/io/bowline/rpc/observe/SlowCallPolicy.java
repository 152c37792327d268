package io.bowline.rpc.observe;

import java.time.Duration;

/**
 * Which calls a {@link SlowCallLog} finds slow.
 *
 * @param threshold from which duration on a call is slow
 * @param recorded share of a client's calls, 0 to 1, that are recorded in any case, so that a slow one among them tells its
 *     whole story; see {@link SlowCallLog} for what that costs. 0 records only calls of methods that were slow of late
 * @param linesPerMinute how many entries are written in a minute, at least 1; the next one tells how many were left out
 */
public record SlowCallPolicy(Duration threshold, double recorded, int linesPerMinute) {
    /** A second; nothing recorded in advance; 20 entries a minute. */
    public static final SlowCallPolicy DEFAULT = new SlowCallPolicy(Duration.ofSeconds(1), 0, 20);

    public SlowCallPolicy {
        if (threshold.isNegative() || threshold.isZero()) {
            throw new IllegalArgumentException("threshold: " + threshold + " (expected: > 0)");
        }
        if (!(recorded >= 0 && recorded <= 1)) {
            throw new IllegalArgumentException("recorded: " + recorded + " (expected: 0 to 1)");
        }
        if (linesPerMinute < 1) {
            throw new IllegalArgumentException("linesPerMinute: " + linesPerMinute + " (expected: >= 1)");
        }
    }

    public SlowCallPolicy withThreshold(Duration threshold) {
        return new SlowCallPolicy(threshold, recorded, linesPerMinute);
    }

    public SlowCallPolicy withRecorded(double recorded) {
        return new SlowCallPolicy(threshold, recorded, linesPerMinute);
    }

    public SlowCallPolicy withLinesPerMinute(int lines) {
        return new SlowCallPolicy(threshold, recorded, lines);
    }
}
