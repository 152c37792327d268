package io.bowline.rpc.client;

import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.filter.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
}
