package io.bowline.rpc;

import java.time.Duration;

/**
 * The engine's clock and alarm, one object so that tests can move both by hand ({@code ManualTimer} in the testkit).
 * Thread-safe.
 */
public interface Timer {
    /** A monotonic reading in nanoseconds, to be compared by difference only; see {@link System#nanoTime()}. */
    long nanoTime();

    /**
     * Runs a task once after the delay, never early and at most one tick of 10 ms late on an idle machine. Tasks share
     * one thread and must not block.
     */
    Cancellation.Registration schedule(Duration delay, Runnable task);

    /** The machine's clock, with one daemon thread a process for all tasks. */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }
}
