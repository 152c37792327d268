package io.bowline.rpc.client;

import io.bowline.rpc.Address;
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
    private static final String SCOPE = "reference";

    private MethodOptions all = new MethodOptions();
    private final Map<String, MethodOptions> methods = new LinkedHashMap<>();
    private final Set<Class<?>> subtypes = new LinkedHashSet<>();
    private List<Address> addresses = List.of();
    private String version = "";
    private String group = "";
    private @Nullable Setting<LoadBalancer> balancer;
    private @Nullable Setting<OutlierPolicy> outliers;
    private @Nullable Setting<ConcurrencyLimitPolicy> bulkhead;

    private String origin = "";

    ReferenceOptions() {}

    /**
     * Who sets what is set from now on, for single methods, too, as messages and reports are to show it: a property's name
     * with its file and line, say. By default, the scope: {@code reference} or {@code method …}.
     */
    public ReferenceOptions origin(String origin) {
        this.origin = origin;
        all.origin(origin);
        return this;
    }

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

    /** How often to try, the first attempt included, with the pauses that are {@linkplain #retry said} elsewhere. */
    public ReferenceOptions maxAttempts(int maxAttempts) {
        all.maxAttempts(maxAttempts);
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
        this.bulkhead = new Setting<>(policy, origin.isEmpty() ? SCOPE : origin);
        return this;
    }

    /** When a provider that does worse than the others is left out. */
    public ReferenceOptions outliers(OutlierPolicy policy) {
        this.outliers = new Setting<>(policy, origin.isEmpty() ? SCOPE : origin);
        return this;
    }

    /** What a call does about failure; {@link CallStrategy#failover()} where nobody says. */
    public ReferenceOptions strategy(CallStrategy strategy) {
        all.strategy(strategy);
        return this;
    }

    /** How to choose among providers. */
    public ReferenceOptions loadBalancer(LoadBalancer balancer) {
        this.balancer = new Setting<>(balancer, origin.isEmpty() ? SCOPE : origin);
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
        MethodOptions method = methods.getOrDefault(name, new MethodOptions()).origin(origin);
        methods.put(name, options.apply(method));
        return this;
    }

    /** Options of all methods that have none of their own. */
    public ReferenceOptions allMethods(UnaryOperator<MethodOptions> options) {
        all = options.apply(all);
        return this;
    }

    /** Providers at fixed addresses, in place of those that the client's registries know. */
    public ReferenceOptions addresses(Address... addresses) {
        this.addresses = List.of(addresses);
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

    /** Empty where the client's registries are asked. */
    List<Address> addresses() {
        return addresses;
    }

    String version() {
        return version;
    }

    String group() {
        return group;
    }

    @Nullable
    Setting<LoadBalancer> balancer() {
        return balancer;
    }

    @Nullable
    Setting<OutlierPolicy> outliers() {
        return outliers;
    }

    @Nullable
    Setting<ConcurrencyLimitPolicy> bulkhead() {
        return bulkhead;
    }
}
