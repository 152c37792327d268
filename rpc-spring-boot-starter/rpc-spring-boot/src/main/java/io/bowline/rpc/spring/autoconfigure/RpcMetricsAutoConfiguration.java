package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.observe.AttemptMetricsFilter;
import io.bowline.rpc.observe.Meters;
import io.bowline.rpc.observe.MetricsFilter;
import io.bowline.rpc.spring.RpcClientCustomizer;
import io.bowline.rpc.spring.RpcFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Calls are measured where there are meters: those of Micrometer, or a bean of the application's. */
@Lazy
@AutoConfiguration(after = RpcMicrometerAutoConfiguration.class)
@ConditionalOnBooleanProperty(
        name = {"rpc.enabled", "rpc.observe.metrics"},
        matchIfMissing = true)
@ConditionalOnBean(Meters.class)
public final class RpcMetricsAutoConfiguration {
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @RpcFilter(side = RpcFilter.Side.CLIENT)
    MetricsFilter rpcClientMetrics(Meters meters) {
        return MetricsFilter.client(meters);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @RpcFilter(side = RpcFilter.Side.SERVER)
    MetricsFilter rpcServerMetrics(Meters meters) {
        return MetricsFilter.server(meters);
    }

    @Bean
    RpcClientCustomizer rpcAttemptMetrics(Meters meters) {
        return builder -> builder.attempt(AttemptMetricsFilter.of(meters));
    }
}
