package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.Filter;
import io.bowline.rpc.micrometer.MicrometerMeters;
import io.bowline.rpc.micrometer.ObservationFilter;
import io.bowline.rpc.micrometer.RpcClientObservationConvention;
import io.bowline.rpc.micrometer.RpcServerObservationConvention;
import io.bowline.rpc.observe.Meters;
import io.bowline.rpc.spring.RpcFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Calls are measured and traced by what Micrometer has in the application. Names are of both lines of Spring Boot. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "rpc.enabled", matchIfMissing = true)
@ConditionalOnClass(ObservationFilter.class)
public final class RpcMicrometerAutoConfiguration {
    /** Numbers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBooleanProperty(name = "rpc.observe.metrics", matchIfMissing = true)
    static class Metrics {
        private static final Set<String> SAID_BY_METRICS =
                Set.of("rpc.client.call", "rpc.client.call.active", "rpc.server.call", "rpc.server.call.active");

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        @ConditionalOnMissingBean(Meters.class)
        MicrometerMeters rpcMeters(MeterRegistry registry) {
            return MicrometerMeters.of(registry);
        }

        /** What observations would say in fewer words, and a second time. */
        @Bean
        MeterFilter rpcObservationsAreNoMeters() {
            return MeterFilter.deny(id -> SAID_BY_METRICS.contains(id.getName()));
        }
    }

    /** Traces. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnBean(ObservationRegistry.class)
    @ConditionalOnBooleanProperty(name = "rpc.observe.tracing", matchIfMissing = true)
    @Lazy
    static class Tracing {
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE + 1)
        @RpcFilter(side = RpcFilter.Side.CLIENT)
        Filter rpcClientObservation(
                ObservationRegistry registry, ObjectProvider<RpcClientObservationConvention> convention) {
            RpcClientObservationConvention own = convention.getIfAvailable();
            return own == null ? ObservationFilter.client(registry) : ObservationFilter.client(registry, own);
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE + 1)
        @RpcFilter(side = RpcFilter.Side.SERVER)
        Filter rpcServerObservation(
                ObservationRegistry registry, ObjectProvider<RpcServerObservationConvention> convention) {
            RpcServerObservationConvention own = convention.getIfAvailable();
            return own == null ? ObservationFilter.server(registry) : ObservationFilter.server(registry, own);
        }
    }
}
