package io.bowline.rpc.balance;

import io.bowline.rpc.Address;
import io.bowline.rpc.Invoker;

/**
 * One provider as a balancer sees it: an {@link Invoker} that also tells its load. Thread-safe; reading a figure is a
 * plain or volatile read, never a computation over the calls.
 */
public interface Node extends Invoker {
    Address address();

    /**
     * Its share relative to the others, 1 to 10,000; a balancer takes what is outside for the nearer bound. Read when a
     * picker is built and not after: a changed weight needs a new picker.
     */
    int weight();

    /**
     * Calls begun here and not ended; a node that failed by its own fault counts some more for a while, so that nobody
     * takes it for idle: {@link FailureLoad}.
     */
    int inFlight();

    /**
     * The peak-sensitive moving average of the response time, in nanoseconds, decayed to the same moment for all nodes of
     * a set, that of the newest answer; 0 while nothing is known. {@link PeakEwma} keeps it; calls that failed do not
     * lower it.
     */
    long latencyNanos();

    /** What the provider last said of its load, from 0 to 1; 0 while it says nothing. {@link ReportedLoad} keeps it. */
    default double reportedLoad() {
        return 0;
    }

    /** What its instance says of a label such as {@code zone}; empty where it says nothing. Read when a picker is built. */
    default String label(String name) {
        return "";
    }
}
