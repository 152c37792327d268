package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.spring.RpcServerCustomizer;
import io.bowline.rpc.spring.registry.RpcRegistries;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import io.bowline.rpc.spring.server.ServerAssembly;
import io.bowline.rpc.spring.server.ServiceBeans;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** The server, which runs when the application has services. */
@AutoConfiguration(after = RpcAutoConfiguration.class)
@ConditionalOnBooleanProperty(
        name = {"rpc.enabled", "rpc.server.enabled"},
        matchIfMissing = true)
public final class RpcServerAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    RpcServerLifecycle rpcServerLifecycle(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<RpcRegistries> registries,
            ApplicationContext context) {
        return new RpcServerLifecycle(
                new ServiceBeans(beans),
                new ServerAssembly(beans),
                () -> registries.getObject().all(),
                context);
    }

    @Bean
    @Order(Integer.MIN_VALUE)
    RpcServerCustomizer rpcServerPort(Environment environment) {
        return builder -> builder.port(environment.getProperty("rpc.server.port", Integer.class, 0))
                .application(environment.getProperty("spring.application.name", "application"));
    }
}
