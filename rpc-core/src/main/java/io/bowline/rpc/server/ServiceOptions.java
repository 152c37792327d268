package io.bowline.rpc.server;

import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one service is offered. What is silent here is as the server says. Used by one thread.
 *
 * <p>A service whose weight or labels are not those of the server is registered apart, as an instance of its own at the
 * same address; clients share their connections among the instances of an address.
 */
public final class ServiceOptions {
    private final ServiceMethodOptions all = new ServiceMethodOptions();
    private final Map<String, ServiceMethodOptions> methods = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private String version = "";
    private String group = "";
    private @Nullable Integer weight;
    private @Nullable ConcurrencyLimitPolicy bulkhead;
    private @Nullable Class<?> implementation;

    ServiceOptions() {}

    /** The contract's version; callers ask for it exactly. */
    public ServiceOptions version(String version) {
        this.version = version;
        return this;
    }

    /** The contract's group; callers ask for it exactly. */
    public ServiceOptions group(String group) {
        this.group = group;
        return this;
    }

    /** The service's share of the calls, 0 to 10,000, in place of the server's. */
    public ServiceOptions weight(int weight) {
        if (weight < 0 || weight > Instance.MAX_WEIGHT) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 0 to " + Instance.MAX_WEIGHT + ")");
        }
        this.weight = weight;
        return this;
    }

    /** A label for routing, beside the server's labels or in place of the one of this key. */
    public ServiceOptions label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    /** What runs the service's methods; see {@link ServiceMethodOptions#executor}. */
    public ServiceOptions executor(Executor executor) {
        all.executor(executor);
        return this;
    }

    /** Whether the service's methods never block and run on the I/O thread; overrides {@link NonBlocking}. */
    public ServiceOptions nonBlocking(boolean nonBlocking) {
        all.nonBlocking(nonBlocking);
        return this;
    }

    /** How many calls of the service may run at once, all its methods together. */
    public ServiceOptions bulkhead(ConcurrencyLimitPolicy policy) {
        this.bulkhead = policy;
        return this;
    }

    /** How many calls of a method may run at once, for each method. */
    public ServiceOptions concurrencyLimit(ConcurrencyLimitPolicy policy) {
        all.concurrencyLimit(policy);
        return this;
    }

    /** How many calls of a method may begin in a second, for each method. */
    public ServiceOptions rateLimit(RateLimitPolicy policy) {
        all.rateLimit(policy);
        return this;
    }

    /**
     * The class that stands behind the service where the service is a proxy of it: its annotations count, and its name is
     * shown. By default, the service's own class.
     */
    public ServiceOptions implementation(Class<?> type) {
        this.implementation = type;
        return this;
    }

    /**
     * Options of one method, or of all overloads of a name. A name that the contract does not have fails the start.
     *
     * @param name {@code find}, or {@code find(long)} for one overload
     */
    public ServiceOptions method(String name, UnaryOperator<ServiceMethodOptions> options) {
        methods.put(name, options.apply(methods.getOrDefault(name, new ServiceMethodOptions())));
        return this;
    }

    ServiceMethodOptions all() {
        return all;
    }

    Map<String, ServiceMethodOptions> methods() {
        return methods;
    }

    String version() {
        return version;
    }

    String group() {
        return group;
    }

    @Nullable
    Integer weight() {
        return weight;
    }

    Map<String, String> labels() {
        return labels;
    }

    @Nullable
    ConcurrencyLimitPolicy bulkhead() {
        return bulkhead;
    }

    @Nullable
    Class<?> implementation() {
        return implementation;
    }
}
