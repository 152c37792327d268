package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import java.util.List;

/**
 * A strategy of choice. It is asked for a {@link Picker} whenever the set of usable nodes changes, so that what depends
 * on the set (a ring, a schedule) is built then and not per call. Thread-safe.
 *
 * <p>A new balancer is done when its subclass of the testkit's {@code LoadBalancerContract} is green.
 */
@FunctionalInterface
public interface LoadBalancer {
    /** A picker over these nodes. The list is immutable and not empty. */
    Picker over(List<? extends Node> nodes);

    /** Picks one node for a request: from any thread, several at once, without blocking and without locks held long. */
    @FunctionalInterface
    interface Picker {
        Node pick(Request request);
    }
}
