package io.bowline.rpc.client;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.ConcurrencyLimit;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.filter.OutlierPolicy;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a reference sets for all of its methods or for each of its providers.
 *
 * @param options what is in force for a method
 * @param gated whether any method may have a gate at a provider
 * @param outliers when a provider is left out
 * @param bulkhead the gate around all calls of the reference; null without a limit
 */
record ReferencePolicies(
        Function<RpcMethod, EffectiveOptions> options,
        boolean gated,
        Setting<OutlierPolicy> outliers,
        @Nullable Gate bulkhead) {

    /** Resolves what the reference leaves open with the client's word, and that with the default. */
    static ReferencePolicies of(ServiceName service, ReferenceOptions reference, Client client) {
        Setting<ConcurrencyLimitPolicy> bulkhead =
                first(reference.bulkhead(), client.bulkhead(), ConcurrencyLimitPolicy.OFF);
        return new ReferencePolicies(
                method -> EffectiveOptions.of(method, client.defaults(), reference),
                Stream.concat(Stream.of(client.defaults(), reference.all()), reference.methods().values().stream())
                        .anyMatch(ReferencePolicies::sets),
                first(reference.outliers(), client.outliers(), OutlierPolicy.DEFAULT),
                bulkhead.value().active()
                        ? new ConcurrencyLimit("the bulkhead of " + service, bulkhead.value(), bulkhead.origin())
                        : null);
    }

    /** The client's word. */
    record Client(
            MethodOptions defaults,
            @Nullable OutlierPolicy outliers,
            @Nullable ConcurrencyLimitPolicy bulkhead) {}

    private static boolean sets(MethodOptions options) {
        Setting<CircuitBreakerPolicy> breaker = options.circuitBreaker();
        Setting<ConcurrencyLimitPolicy> limit = options.concurrencyLimit();
        return (breaker != null && breaker.value().active())
                || (limit != null && limit.value().active());
    }

    private static <T> Setting<T> first(@Nullable Setting<T> reference, @Nullable T client, T otherwise) {
        if (reference != null) {
            return reference;
        }
        return client != null ? new Setting<>(client, "client") : new Setting<>(otherwise, "default");
    }
}
