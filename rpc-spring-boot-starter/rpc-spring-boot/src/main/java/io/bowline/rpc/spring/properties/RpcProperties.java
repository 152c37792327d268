package io.bowline.rpc.spring.properties;

import io.bowline.rpc.balance.SlowStart;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * What holds for the whole application.
 *
 * @param enabled Whether there are clients, servers and references at all.
 * @param application The application's name in the registry and in messages. {@code spring.application.name} by default.
 * @param registry Where providers are found and registered: zookeeper://host:port/namespace, nacos://host:port, file:///path
 *     and others, one or several. Without one, references find the services of the same process.
 * @param serializer The serializer of calls, by name. protostuff by default, or the only one there is.
 * @param server What offers this application's services.
 * @param transport How connections are made.
 * @param retryBudget How many attempts beyond the first all calls together may make.
 * @param slowStart How a provider that has just come gets its share.
 * @param subset Use at most so many providers of a service. All by default.
 * @param routing What routing rules are obeyed.
 * @param observe What is measured, traced and logged of calls.
 * @param health What counts for the health of the application.
 */
@ConfigurationProperties("rpc")
public record RpcProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String application,
        @Nullable List<String> registry,
        @Nullable String serializer,
        @NestedConfigurationProperty @DefaultValue ServerProperties server,
        @DefaultValue TransportProperties transport,
        @Nullable RetryBudgetProperties retryBudget,
        @Nullable SlowStartProperties slowStart,
        @Nullable Integer subset,
        @DefaultValue RoutingProperties routing,
        @NestedConfigurationProperty @DefaultValue ObserveProperties observe,
        @DefaultValue HealthProperties health) {

    /** What the environment says now. */
    public static RpcProperties bind(Environment environment) {
        return Binder.get(environment).bindOrCreate("rpc", RpcProperties.class);
    }

    /** The properties, {@code rpc.server} for instance, of which the other says something else. */
    public List<String> differences(RpcProperties other) {
        return Arrays.stream(RpcProperties.class.getRecordComponents())
                .filter(component -> !Objects.equals(Records.get(component, this), Records.get(component, other)))
                .map(component -> "rpc." + Records.kebab(component.getName()))
                .toList();
    }

    /** Sets what is said here of clients; names are left to the caller. */
    public void applyTo(RpcClientBuilder builder) {
        builder.connectionsPerProvider(transport.connectionsPerProvider()).lazy(transport.lazy());
        if (retryBudget != null) {
            builder.retryBudget(retryBudget.policy());
        }
        if (slowStart != null) {
            builder.slowStart(slowStart.policy());
        }
        if (subset != null) {
            builder.subset(subset);
        }
        routing.labels().forEach(builder::label);
    }

    /**
     * How connections are made.
     *
     * @param connectionsPerProvider Multiplexed connections to each provider, 1 to 64.
     * @param lazy Whether to connect to a provider with the first call, rather than when it is found.
     * @param ssl TLS of the connections that references make.
     * @param compressAbove Requests of more bytes are sent compressed to servers that can read it; none are by default.
     */
    public record TransportProperties(
            @DefaultValue("1") int connectionsPerProvider,
            @DefaultValue("false") boolean lazy,
            @NestedConfigurationProperty @Nullable SslProperties ssl,
            @Nullable DataSize compressAbove) {}

    /**
     * How many attempts beyond the first a client may make: retries, hedges and forks together.
     *
     * @param ratio Such attempts per call, 0 to 1. 0.1 by default.
     * @param perSecond So many a second are granted in any case. 10 by default.
     */
    public record RetryBudgetProperties(
            @Nullable Double ratio, @Nullable Integer perSecond) {
        /** The policy, with the defaults for what is silent. */
        public RetryBudgetPolicy policy() {
            RetryBudgetPolicy base = RetryBudgetPolicy.DEFAULT;
            return new RetryBudgetPolicy(Said.or(ratio, base.ratio()), Said.or(perSecond, base.perSecond()));
        }
    }

    /**
     * How a provider that has just come gets its share.
     *
     * @param time How long until it has all of it; 0 for not at all. 30s by default.
     * @param from The part of its weight to begin with, above 0, at most 1. 0.1 by default.
     */
    public record SlowStartProperties(
            @Nullable Duration time, @Nullable Double from) {
        /** The policy, with the defaults for what is silent. */
        public SlowStart policy() {
            SlowStart base = SlowStart.DEFAULT;
            return new SlowStart(Said.or(time, base.time()), Said.or(from, base.from()));
        }
    }

    /**
     * What routing rules are obeyed. Beans of type RuleSource are obeyed in any case.
     *
     * @param labels What rules may ask of this client, by name: app, zone and others.
     * @param rulesFile A file of rules in YAML or JSON, followed while it changes; needs rpc-rules-yaml.
     */
    public record RoutingProperties(
            @DefaultValue Map<String, String> labels,
            @Nullable String rulesFile) {}

    /**
     * What counts for the health of the application.
     *
     * @param requiredReferences The beans of references without whose providers the application is down. A reference whose
     *     providers are missing is told and harms nobody's health by default.
     */
    public record HealthProperties(@DefaultValue List<String> requiredReferences) {}
}
