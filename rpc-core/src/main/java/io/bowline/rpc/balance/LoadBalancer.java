package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A strategy of choice. It is asked for a {@link Picker} when the set of usable nodes, or a weight in it, has changed, so
 * that what depends on the set (a ring, a schedule) is built then and not per call; of large sets, once for several
 * changes that come together. Thread-safe.
 *
 * <p>A new balancer is done when its subclass of the testkit's {@code LoadBalancerContract} is green.
 */
@FunctionalInterface
public interface LoadBalancer {
    /** A picker over these nodes. The list is immutable, not empty and in no particular order. */
    Picker over(List<? extends Node> nodes);

    /**
     * The same, told which picker served until now: for a balancer that changes what it had rather than making it anew, or
     * that has something to remember. Overridden by few.
     *
     * @param before what this balancer made for the same proxy when the set last changed; null the first time
     */
    default Picker over(List<? extends Node> nodes, @Nullable Picker before) {
        return over(nodes);
    }

    /**
     * Whether it has to see all providers, and a client that uses a subset of very many must not do so with it: true where
     * several consumers have to come to the same choice.
     */
    default boolean needsAll() {
        return false;
    }

    /** The name in configuration. */
    default String name() {
        return getClass().getName();
    }

    /** Any node, in proportion to its weight. */
    static LoadBalancer random() {
        return new RandomBalancer();
    }

    /** One after the other, as often and as evenly spread as their weights say. */
    static LoadBalancer roundRobin() {
        return new RoundRobinBalancer();
    }

    /** The node with the fewest calls in flight for its weight. */
    static LoadBalancer leastActive() {
        return new LeastActiveBalancer();
    }

    /** The better of two random nodes by response time and calls in flight; the default. */
    static LoadBalancer peakEwma() {
        return new PeakEwmaBalancer();
    }

    /** The node whose answer is expected first, by response time and calls in flight. */
    static LoadBalancer shortestResponse() {
        return new ShortestResponseBalancer();
    }

    /** {@link #peakEwma()}, minding the load that providers report with {@code LoadReportFilter}. */
    static LoadBalancer adaptive() {
        return new AdaptiveBalancer();
    }

    /** One node for each first argument; see {@link #consistentHash(RequestKey)}. */
    static LoadBalancer consistentHash() {
        return consistentHash(RequestKey.argument("0"));
    }

    /**
     * One node for each key, as long as it is not overloaded: {@code consistentHash(RequestKey.argument("0.userId"))}. When
     * a node comes or goes, only its keys move.
     */
    static LoadBalancer consistentHash(RequestKey key) {
        return new ConsistentHashBalancer(key);
    }

    /** One node for all calls of a proxy, as long as it can be called. */
    static LoadBalancer sticky() {
        return new StickyBalancer();
    }

    /**
     * The first node that can be called, by the label {@code rank} of providers and then by address: the others stand by.
     */
    static LoadBalancer firstAvailable() {
        return new FirstAvailableBalancer();
    }

    /**
     * Another balancer within the consumer's own zone, by the label {@code zone} of providers, as far as they can carry the
     * calls, and among the others for what spills over.
     */
    static LoadBalancer inZone(String zone, LoadBalancer within) {
        return new ZoneBalancer(zone, within);
    }

    /**
     * Another balancer among the nodes that are not to be avoided; when those are more than half of all, among all.
     *
     * @param avoided asked when a picker is made; must be quick and not throw
     */
    static LoadBalancer avoiding(Predicate<? super Node> avoided, LoadBalancer within) {
        return new AvoidingBalancer(avoided, within);
    }

    /**
     * The balancer of a name, built in or found by {@link java.util.ServiceLoader}, for the edges of the framework. An
     * name may say more behind a colon: {@code consistent-hash:0.userId}, {@code consistent-hash:@tenant}. An unknown name
     * fails with {@code INVALID_CONFIGURATION}, the known names and the nearest one.
     */
    static LoadBalancer named(String name) {
        return NamedBalancers.find(name);
    }

    /** The names that {@link #named} knows, sorted. */
    static List<String> names() {
        return NamedBalancers.names();
    }

    /** Picks one node for a request: from any thread, several at once, without blocking and without locks held long. */
    @FunctionalInterface
    interface Picker {
        /** One of the nodes that the picker was built over. Never throws. */
        Node pick(Request request);
    }
}
