package io.bowline.rpc.balance;

import java.util.SplittableRandom;

/** The built-in balancers with chance that repeats; it stands in their package since only tests may seed them. */
public final class SeededBalancers {
    private SeededBalancers() {}

    public static LoadBalancer random(long seed) {
        return new RandomBalancer(new SplittableRandom(seed)::nextLong);
    }

    public static LoadBalancer leastActive(long seed) {
        return new LeastActiveBalancer(new SplittableRandom(seed)::nextLong);
    }

    public static LoadBalancer peakEwma(long seed) {
        return new PeakEwmaBalancer(new SplittableRandom(seed)::nextLong);
    }

    public static LoadBalancer shortestResponse(long seed) {
        return new ShortestResponseBalancer(new SplittableRandom(seed)::nextLong);
    }

    public static LoadBalancer adaptive(long seed) {
        return new AdaptiveBalancer(new SplittableRandom(seed)::nextLong);
    }

    public static LoadBalancer consistentHash(long seed) {
        return new ConsistentHashBalancer(RequestKey.argument("0"), new SplittableRandom(seed)::nextLong);
    }
}
