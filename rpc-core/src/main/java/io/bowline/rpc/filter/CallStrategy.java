package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.Timer;
import io.bowline.rpc.wire.Codec;
import java.util.List;

/**
 * What a call does about failure: whom it is sent to, how often, and what becomes of it when that fails. It is given to a
 * client, a reference or a method, and asked once for each method, when a proxy is made, for the filters that do it. They
 * stand right above the balancer, so that each attempt picks anew; what they call there is a
 * {@link io.bowline.rpc.Providers}. Immutable.
 */
public interface CallStrategy {
    /** The name in configuration. */
    String name();

    /**
     * The filters for calls of one method, the outermost first.
     *
     * @throws io.bowline.rpc.RpcException {@code INVALID_CONFIGURATION} for a method that it cannot serve
     */
    List<Filter> filters(Surroundings surroundings);

    /**
     * Whether a call may be run twice, by several providers or by one: then it can be used for idempotent methods only, and a
     * proxy with another one is not made.
     */
    default boolean repeats() {
        return false;
    }

    /** Whether it has to reach every provider, and a client that uses a subset of very many must not do so with it. */
    default boolean needsAll() {
        return false;
    }

    /**
     * Whether a call that failed may be answered all the same, with nothing for instance. Such an answer is no provider's
     * and must not be kept: a proxy with a cache for a method with such a strategy is not made.
     */
    default boolean standsIn() {
        return false;
    }

    /** Tries again, with another pick, what may be tried again, as the retry policy in force says; the default. */
    static CallStrategy failover() {
        return PlainStrategy.FAILOVER;
    }

    /** One attempt, whatever the retry policy says; its failure is the caller's. */
    static CallStrategy failfast() {
        return PlainStrategy.FAILFAST;
    }

    /** One attempt, and a failure is answered with nothing; see {@link FailsafePolicy}. */
    static CallStrategy failsafe() {
        return FailsafePolicy.DEFAULT;
    }

    /** To several providers at once, and the first answer wins; see {@link ForkPolicy}. */
    static CallStrategy forking() {
        return ForkPolicy.DEFAULT;
    }

    /** To another provider, too, when an answer is late; see {@link HedgePolicy}. */
    static CallStrategy hedging() {
        return HedgePolicy.DEFAULT;
    }

    /** One attempt, and a call that nobody could take is delivered later; see {@link FailbackPolicy}. */
    static CallStrategy failback() {
        return FailbackPolicy.inMemory();
    }

    /** To every provider, once each; see {@link BroadcastPolicy}. */
    static CallStrategy broadcast() {
        return BroadcastPolicy.DEFAULT;
    }

    /** To every provider, and their results are made one; see {@link MergePolicy}. */
    static CallStrategy mergeable() {
        return MergePolicy.DEFAULT;
    }

    /**
     * The strategy of a name with its default policy, built in or found by {@link java.util.ServiceLoader}, for the edges of
     * the framework. An unknown name fails with {@code INVALID_CONFIGURATION}, the known names and the nearest one.
     */
    static CallStrategy named(String name) {
        return NamedStrategies.find(name);
    }

    /** The names that {@link #named} knows, sorted. */
    static List<String> names() {
        return NamedStrategies.names();
    }

    /**
     * What a strategy's filters work with.
     *
     * @param method whose calls they see
     * @param arguments writes and reads the arguments of a call
     * @param serializer the name of what {@code arguments} writes
     * @param retry the retry policy in force
     * @param budget the client's one budget, for every attempt of a call beyond the first
     * @param timer the clock
     */
    record Surroundings(
            RpcMethod method, Codec arguments, String serializer, RetryPolicy retry, RetryBudget budget, Timer timer) {}
}
