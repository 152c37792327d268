package io.bowline.rpc.spring.boot3;

import io.bowline.rpc.spring.actuate.RpcHealth;
import io.bowline.rpc.spring.autoconfigure.RpcStateAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Health of the server, the registries and the references, on Spring Boot 3.5. */
@AutoConfiguration(after = RpcStateAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(RpcHealth.class)
@ConditionalOnEnabledHealthIndicator("rpc")
public final class RpcHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "rpcServerHealthIndicator")
    HealthIndicator rpcServerHealthIndicator(RpcHealth health) {
        return () -> told(health.server());
    }

    @Bean
    @ConditionalOnMissingBean(name = "rpcRegistryHealthIndicator")
    HealthIndicator rpcRegistryHealthIndicator(RpcHealth health) {
        return () -> told(health.registry());
    }

    @Bean
    @ConditionalOnMissingBean(name = "rpcReferencesHealthIndicator")
    HealthIndicator rpcReferencesHealthIndicator(RpcHealth health) {
        return () -> told(health.references());
    }

    private static Health told(RpcHealth.Finding finding) {
        return Health.status(finding.status().toString())
                .withDetails(finding.details())
                .build();
    }
}
