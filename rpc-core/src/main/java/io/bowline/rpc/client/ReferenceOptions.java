package io.bowline.rpc.client;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Fallback;
import io.bowline.rpc.filter.FallbackPolicy;
import io.bowline.rpc.filter.OutlierPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one reference asks for. Used by one thread. */
public final class ReferenceOptions {
    private final MethodOptions all = new MethodOptions();
    private final Map<String, MethodOptions> methods = new LinkedHashMap<>();
    private final Set<Class<?>> subtypes = new LinkedHashSet<>();
    private String version = "";
    private String group = "";
    private @Nullable LoadBalancer balancer;
    private @Nullable OutlierPolicy outliers;
    private @Nullable ConcurrencyLimitPolicy bulkhead;

    ReferenceOptions() {}

    /** The contract's version; compared exactly. */
    public ReferenceOptions version(String version) {
        this.version = version;
        return this;
    }

    /** The contract's group; compared exactly. */
    public ReferenceOptions group(String group) {
        this.group = group;
        return this;
    }

    /** How long a call may take, all attempts together. */
    public ReferenceOptions timeout(Duration timeout) {
        all.timeout(timeout);
        return this;
    }

    /** How often and how soon to try again. */
    public ReferenceOptions retry(RetryPolicy retry) {
        all.retry(retry);
        return this;
    }

    /** What answers in place of calls that failed. */
    public ReferenceOptions fallback(Fallback fallback) {
        all.fallback(fallback);
        return this;
    }

    /** {@link Fallback#of An implementation} of the contract answers in place of calls that failed. */
    public ReferenceOptions fallback(Object implementation) {
        all.fallback(implementation);
        return this;
    }

    /** A function {@linkplain Fallback#answer(Function) answers} for the methods that have one argument. */
    public <A extends @Nullable Object> ReferenceOptions fallback(Function<A, ?> answer) {
        all.fallback(answer);
        return this;
    }

    /** A function of all arguments and the failure {@linkplain Fallback#answer(BiFunction) answers}. */
    public ReferenceOptions fallback(BiFunction<@Nullable Object[], RpcException, ?> answer) {
        all.fallback(answer);
        return this;
    }

    /** For which failures the fallback answers. */
    public ReferenceOptions fallbackPolicy(FallbackPolicy policy) {
        all.fallbackPolicy(policy);
        return this;
    }

    /** When a provider is no longer asked for a method that fails there; off by default. */
    public ReferenceOptions circuitBreaker(CircuitBreakerPolicy policy) {
        all.circuitBreaker(policy);
        return this;
    }

    /** How many calls of a method may be under way at one provider; off by default. */
    public ReferenceOptions concurrencyLimit(ConcurrencyLimitPolicy policy) {
        all.concurrencyLimit(policy);
        return this;
    }

    /** How many calls of each method this reference begins; off by default. */
    public ReferenceOptions rateLimit(RateLimitPolicy policy) {
        all.rateLimit(policy);
        return this;
    }

    /** How many calls of this reference may be under way, all methods and providers together; off by default. */
    public ReferenceOptions bulkhead(ConcurrencyLimitPolicy policy) {
        this.bulkhead = policy;
        return this;
    }

    /** When a provider that does worse than the others is left out. */
    public ReferenceOptions outliers(OutlierPolicy policy) {
        this.outliers = policy;
        return this;
    }

    /** What a call does about failure; {@link CallStrategy#failover()} where nobody says. */
    public ReferenceOptions strategy(CallStrategy strategy) {
        all.strategy(strategy);
        return this;
    }

    /** How to choose among providers. */
    public ReferenceOptions loadBalancer(LoadBalancer balancer) {
        this.balancer = balancer;
        return this;
    }

    /** Types that may stand where the contract declares an open one. */
    public ReferenceOptions subtypes(Class<?>... types) {
        subtypes.addAll(List.of(types));
        return this;
    }

    /**
     * Options of one method, or of all overloads of a name.
     *
     * @param name {@code find}, or {@code find(long)} for one overload
     */
    public ReferenceOptions method(String name, UnaryOperator<MethodOptions> options) {
        methods.put(name, options.apply(methods.getOrDefault(name, new MethodOptions())));
        return this;
    }

    /** Whether a strategy that is set here has to see all providers. */
    boolean needsAll() {
        return MethodOptions.needsAll(all) || methods.values().stream().anyMatch(MethodOptions::needsAll);
    }

    MethodOptions all() {
        return all;
    }

    Map<String, MethodOptions> methods() {
        return methods;
    }

    Set<Class<?>> subtypes() {
        return subtypes;
    }

    String version() {
        return version;
    }

    String group() {
        return group;
    }

    @Nullable
    LoadBalancer balancer() {
        return balancer;
    }

    @Nullable
    OutlierPolicy outliers() {
        return outliers;
    }

    @Nullable
    ConcurrencyLimitPolicy bulkhead() {
        return bulkhead;
    }
}
