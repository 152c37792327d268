package io.bowline.rpc.spring.properties;

import io.bowline.rpc.Address;
import io.bowline.rpc.filter.DuplicatePolicy;
import io.bowline.rpc.server.RpcServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What offers this application's services. There is a server where there is an {@code @RpcService}.
 *
 * @param enabled Whether services are offered to other processes.
 * @param host The address to listen on. Every interface by default.
 * @param port The port to listen on; 0 takes a free one, which suffices where a registry tells it.
 * @param advertise What to register, {@code host} or {@code host:port}, instead of the address from which the registry is
 *     reached.
 * @param weight The share of the calls, 0 to 10,000; 100 is normal.
 * @param labels Labels for routing, by name: tag, zone and others.
 * @param maxConcurrentCalls Calls admitted and not ended, over all connections; more are refused. 10000 by default.
 * @param drainGrace How long closing waits for clients to leave and calls to end. 30s by default.
 * @param serializers The accepted serializers, by name. All on the class path by default.
 * @param concurrencyLimit How many calls of a method may run at once, for each method.
 * @param rateLimit How many calls of a method may begin in a second, for each method.
 * @param bulkhead How many calls of a service may run at once, all its methods together.
 * @param duplicates How long a call of an {@code @Idempotent(key = …)} method is known again.
 * @param ssl TLS of the port.
 * @param compressAbove Answers of more bytes are sent compressed to clients that can read it; none are by default.
 */
public record ServerProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String host,
        @DefaultValue("0") int port,
        @Nullable String advertise,
        @Nullable Integer weight,
        @DefaultValue Map<String, String> labels,
        @Nullable Integer maxConcurrentCalls,
        @Nullable Duration drainGrace,
        @Nullable List<String> serializers,
        @NestedConfigurationProperty @Nullable ConcurrencyLimitProperties concurrencyLimit,
        @NestedConfigurationProperty @Nullable RateLimitProperties rateLimit,
        @NestedConfigurationProperty @Nullable ConcurrencyLimitProperties bulkhead,
        @Nullable DuplicateProperties duplicates,
        @NestedConfigurationProperty @Nullable SslProperties ssl,
        @Nullable DataSize compressAbove) {

    /** The names of accepted serializers; empty for all. */
    public List<String> accepted() {
        return serializers == null ? List.of() : List.copyOf(serializers);
    }

    /** Sets what is said here; names of serializers are left to the caller. */
    public void applyTo(RpcServerBuilder builder) {
        builder.listen(new Address(Said.or(host, "0.0.0.0"), port));
        if (advertise != null) {
            builder.advertise(advertised(advertise));
        }
        if (weight != null) {
            builder.weight(weight);
        }
        labels.forEach(builder::label);
        if (maxConcurrentCalls != null) {
            builder.maxConcurrentCalls(maxConcurrentCalls);
        }
        if (drainGrace != null) {
            builder.drainGrace(drainGrace);
        }
        applyLimits(builder);
    }

    private void applyLimits(RpcServerBuilder builder) {
        if (concurrencyLimit != null) {
            builder.concurrencyLimit(concurrencyLimit.policy());
        }
        if (rateLimit != null) {
            builder.rateLimit(rateLimit.policy());
        }
        if (bulkhead != null) {
            builder.bulkhead(bulkhead.policy());
        }
        if (duplicates != null) {
            builder.duplicates(duplicates.policy());
        }
    }

    private static Address advertised(String text) {
        boolean bare = text.endsWith("]") || text.indexOf(':') < 0;
        return Address.parse(bare ? text + ":0" : text);
    }

    /**
     * How long a call is known again.
     *
     * @param window How long after its end a call is known. 1m by default.
     * @param maxCalls Ended calls that are known, of each method; 0 to know none. 10000 by default.
     */
    public record DuplicateProperties(
            @Nullable Duration window, @Nullable Integer maxCalls) {
        DuplicatePolicy policy() {
            DuplicatePolicy base = DuplicatePolicy.DEFAULT;
            return new DuplicatePolicy(Said.or(window, base.window()), Said.or(maxCalls, base.maxCalls()));
        }
    }
}
