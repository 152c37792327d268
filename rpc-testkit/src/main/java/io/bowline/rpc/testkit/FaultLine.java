package io.bowline.rpc.testkit;

import java.time.Duration;

/**
 * How one direction of a {@link FaultProxy} treats the bytes on it.
 *
 * @param delay how much later bytes arrive; the throughput stays
 * @param jitter up to how much later still, at random; the order stays
 * @param piece the most bytes that are written at a time, each write being a packet of its own where the network keeps
 *     them apart; 1 splits at every byte
 * @param flipEvery flips one random bit in each n-th byte of a connection; 0 for never
 * @param cutAfter closes a connection once it has carried this many bytes in this direction
 * @param blackHole holds everything back until it is taken away, as TCP does while packets are lost
 */
public record FaultLine(Duration delay, Duration jitter, int piece, int flipEvery, long cutAfter, boolean blackHole) {
    /** No fault. */
    public static final FaultLine GOOD =
            new FaultLine(Duration.ZERO, Duration.ZERO, Integer.MAX_VALUE, 0, Long.MAX_VALUE, false);

    public FaultLine {
        expect(!delay.isNegative(), "delay", delay, ">= 0");
        expect(!jitter.isNegative(), "jitter", jitter, ">= 0");
        expect(piece >= 1, "piece", piece, ">= 1");
        expect(flipEvery >= 0, "flipEvery", flipEvery, ">= 0");
        expect(cutAfter >= 0, "cutAfter", cutAfter, ">= 0");
    }

    private static void expect(boolean met, String name, Object value, String expected) {
        if (!met) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    public FaultLine withDelay(Duration delay) {
        return new FaultLine(delay, jitter, piece, flipEvery, cutAfter, blackHole);
    }

    public FaultLine withJitter(Duration jitter) {
        return new FaultLine(delay, jitter, piece, flipEvery, cutAfter, blackHole);
    }

    public FaultLine withPiece(int piece) {
        return new FaultLine(delay, jitter, piece, flipEvery, cutAfter, blackHole);
    }

    public FaultLine withFlipEvery(int flipEvery) {
        return new FaultLine(delay, jitter, piece, flipEvery, cutAfter, blackHole);
    }

    public FaultLine withCutAfter(long cutAfter) {
        return new FaultLine(delay, jitter, piece, flipEvery, cutAfter, blackHole);
    }

    public FaultLine withBlackHole(boolean blackHole) {
        return new FaultLine(delay, jitter, piece, flipEvery, cutAfter, blackHole);
    }
}
