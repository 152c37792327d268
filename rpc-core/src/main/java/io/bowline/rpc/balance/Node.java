package io.bowline.rpc.balance;

import io.bowline.rpc.Address;
import io.bowline.rpc.Invoker;

/**
 * One provider as a balancer sees it: an {@link Invoker} that also tells its load. Thread-safe; reading a figure is a
 * plain or volatile read, never a computation over the calls.
 */
public interface Node extends Invoker {
    Address address();

    /** Its share relative to the others; at least 1. */
    int weight();

    /** Calls begun here and not ended. */
    int inFlight();

    /**
     * The peak-sensitive moving average of the response time, in nanoseconds, decayed to this moment; 0 while nothing is
     * known.
     */
    long latencyNanos();
}
