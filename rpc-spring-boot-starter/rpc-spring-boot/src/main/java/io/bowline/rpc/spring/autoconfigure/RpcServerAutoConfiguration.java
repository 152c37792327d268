package io.bowline.rpc.spring.autoconfigure;

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

/** The server, which runs when the application has services. */
@AutoConfiguration(after = {RpcAutoConfiguration.class, RpcPropertiesAutoConfiguration.class})
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
}
