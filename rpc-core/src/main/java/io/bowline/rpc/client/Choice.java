package io.bowline.rpc.client;

import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.SlowStart;

/**
 * How a reference chooses among providers.
 *
 * @param slowStart of providers that come when others are there already
 * @param subset at most so many of the providers are used
 * @param seed what tells this client's subset from those of others
 */
record Choice(LoadBalancer balancer, SlowStart slowStart, int subset, long seed) {
    /** All providers. */
    static final int NO_SUBSET = Integer.MAX_VALUE;

    Choice with(LoadBalancer other) {
        return new Choice(other, slowStart, subset, seed);
    }

    /** The same, of all providers. */
    Choice ofAll() {
        return new Choice(balancer, slowStart, NO_SUBSET, seed);
    }

    /** How many providers to use with this balancer. */
    int size() {
        return balancer.needsAll() ? NO_SUBSET : subset;
    }
}
