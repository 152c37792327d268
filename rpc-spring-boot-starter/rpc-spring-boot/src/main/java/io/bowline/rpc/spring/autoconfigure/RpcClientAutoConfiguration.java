package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.spring.client.ClientAssembly;
import io.bowline.rpc.spring.reference.ReferenceSettings;
import io.bowline.rpc.spring.reference.RpcReferences;
import io.bowline.rpc.spring.registry.RpcRegistries;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** The application's one client, made with the first reference, and its references. */
@AutoConfiguration(after = {RpcAutoConfiguration.class, RpcPropertiesAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "rpc.enabled", matchIfMissing = true)
public final class RpcClientAutoConfiguration {
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    RpcClient rpcClient(ConfigurableListableBeanFactory beans, RpcRegistries registries) {
        return new ClientAssembly(beans).over(registries.all());
    }

    @Bean
    @ConditionalOnMissingBean
    RpcReferences rpcReferences(
            ObjectProvider<RpcClient> client,
            ObjectProvider<ReferenceSettings> settings,
            ConfigurableListableBeanFactory beans) {
        return new RpcReferences(client::getObject, settings.getIfAvailable(() -> ReferenceSettings.NONE), beans);
    }
}
