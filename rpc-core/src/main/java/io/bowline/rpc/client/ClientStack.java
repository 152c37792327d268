package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Providers;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.Timer;
import io.bowline.rpc.filter.CacheFilter;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CoalesceFilter;
import io.bowline.rpc.filter.CoalescePolicy;
import io.bowline.rpc.filter.DeadlineFilter;
import io.bowline.rpc.filter.Degradation;
import io.bowline.rpc.filter.Fallback;
import io.bowline.rpc.filter.FallbackFilter;
import io.bowline.rpc.filter.FallbackPolicy;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.filter.GateFilter;
import io.bowline.rpc.filter.RateLimit;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryBudget;
import io.bowline.rpc.route.Mirroring;
import io.bowline.rpc.service.ContractCodecs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client on one page: what stands between the proxy and the connection, and why in this order. Everything is
 * assembled here, once for each method, when a proxy is made; a call only walks through.
 *
 * @param filters the user's, around everything
 * @param guards the user's, around what is to be sent
 * @param attempts the user's, around each attempt
 * @param degradation the client's kill switch, if it has one
 * @param budget the client's one budget of attempts beyond the first
 */
record ClientStack(
        List<Filter> filters,
        List<Filter> guards,
        List<Filter> attempts,
        @Nullable Degradation degradation,
        RetryBudget budget,
        Timer timer) {
    /**
     * The first rooms behind the proxy's door, which stay as they are whatever rules say; fails for options that do not go
     * with the method.
     */
    List<Filter> rooms(
            RpcMethod method, EffectiveOptions options, FallbackFilter.Answer fallback, Directory directory) {
        List<Filter> rooms = new ArrayList<>();
        // The user's filters come first: they see one call, as the user does, however many attempts it takes.
        rooms.addAll(filters);
        // The fallback comes next: it has the last word on a call, however that failed, and filters see its answer.
        boolean answers = !(options.fallback().value() instanceof Fallback.None);
        if (answers || degradation != null) {
            FallbackPolicy policy = answers ? options.fallbackPolicy().value() : FallbackPolicy.DEGRADED_ONLY;
            rooms.add(new FallbackFilter(policy, fallback, degradation == null ? new Degradation() : degradation));
        }
        // The cache comes below the fallback, whose answers it must not keep, and above all that costs time.
        Setting<CachePolicy> cache = options.cache();
        if (cache.value().active()) {
            rooms.add(new CacheFilter(keepable(method, options, cache), timer));
        }
        // Calls that are one are one for everything below: for retries, limits and the balancer.
        Setting<CoalescePolicy> coalesced = options.coalesced();
        if (coalesced.value().active()) {
            rooms.add(new CoalesceFilter(shareable(method, "coalesce", coalesced), timer));
        }
        // The user's guards come below the fallback, which answers for what they refuse, and above the deadline, which
        // they may have spent.
        rooms.addAll(guards);
        // The deadline was set at the door, once, and is shared by all attempts; what is already late is not sent.
        rooms.add(new DeadlineFilter(timer, "not sent"));
        // Limits of this client come before any attempt: what they keep out is not tried again.
        Setting<RateLimitPolicy> rate = options.rateLimit();
        if (rate.value().active()) {
            String name = method + " at this client";
            rooms.add(new GateFilter(new RateLimit(name, rate.value(), rate.origin(), timer.nanoTime()), timer));
        }
        Gate bulkhead = directory.policies().bulkhead();
        if (bulkhead != null) {
            rooms.add(new GateFilter(bulkhead, timer));
        }
        return rooms;
    }

    /** Next, if a rule says so: a mirror gets one copy of a call, as filters made it, however many attempts that takes. */
    List<Filter> mirror(RpcMethod method, @Nullable Mirroring mirroring, Directory directory) {
        // Nobody would read the stream that the mirror answers.
        return mirroring == null || method.streams() ? List.of() : List.of(new MirrorFilter(mirroring, directory));
    }

    /**
     * What is done about failure, retries by default: it stands right above the balancer, so that each attempt picks a
     * provider anew. Fails for a strategy that must not be used with this method.
     */
    List<Filter> strategy(RpcMethod method, EffectiveOptions options, ContractCodecs codecs) {
        CallStrategy strategy = options.strategy().value();
        if (strategy.repeats() && !options.idempotent().value()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "the strategy '" + strategy.name() + "' ("
                            + options.strategy().origin() + ") may run a call of "
                            + method + " twice, which is not idempotent ("
                            + options.idempotent().origin()
                            + "). Mark the method @Idempotent, or say .method(\"" + method.name()
                            + "\", m -> m.idempotent(true)) if twice does no more than once, or give it another"
                            + " strategy");
        }
        if (method.streamParameter() >= 0 && options.idempotent().value()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    method + " is said to be idempotent ("
                            + options.idempotent().origin()
                            + "), and has an argument that is a stream, which can be read once (expected: not idempotent)");
        }
        if (method.streams() && (strategy.repeats() || strategy.needsAll())) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "the strategy '" + strategy.name() + "' ("
                            + options.strategy().origin() + ") may run a call of " + method
                            + " more than once, which has a stream (expected: a strategy that does not)");
        }
        return strategy.filters(new CallStrategy.Surroundings(
                method,
                codecs.arguments(method),
                codecs.serializer(),
                options.retry().value(),
                budget,
                timer));
    }

    /** All of them, one behind the other; done once the client knows the directory, for from now on there may be calls. */
    Invoker assemble(List<Filter> rooms, Directory directory) {
        // The last is the balancer; the node that it picks is an invoker, too: it asks its gates, a circuit breaker and
        // a limit for each method, and writes to a connection. A node that keeps the call out has another one picked.
        Providers providers = new BalancingInvoker(directory, timer);
        // Around each pick, whatever strategy makes it: the user's filters for attempts.
        return Filter.chain(rooms, attempts.isEmpty() ? providers : new FilteredProviders(attempts, providers));
    }

    private static CachePolicy keepable(RpcMethod method, EffectiveOptions options, Setting<CachePolicy> cache) {
        Setting<CallStrategy> strategy = options.strategy();
        if (strategy.value().standsIn()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "cache of " + method + " by " + cache.origin() + ": the strategy '"
                            + strategy.value().name() + "' (" + strategy.origin()
                            + ") answers in place of a provider, and the cache would keep that (expected: one of the"
                            + " two; what a fallback answers is not kept)");
        }
        return shareable(method, "cache", cache);
    }

    private static <P> P shareable(RpcMethod method, String option, Setting<P> policy) {
        if (method.oneWay() || method.resultType() == void.class) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    option + " of " + method + " by " + policy.origin() + ": it returns nothing (expected: a method"
                            + " with a result, for a call without one is made for its effect)");
        }
        if (method.streams()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    option + " of " + method + " by " + policy.origin()
                            + ": it has a stream (expected: a method whose answer can be shared)");
        }
        return policy.value();
    }
}
