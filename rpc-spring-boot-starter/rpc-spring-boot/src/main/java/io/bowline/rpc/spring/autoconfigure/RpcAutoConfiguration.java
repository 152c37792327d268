package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.Plugins;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.spring.RpcRegistryConnectionDetails;
import io.bowline.rpc.spring.reference.ReferencePostProcessor;
import io.bowline.rpc.spring.registry.RpcRegistries;
import io.bowline.rpc.transport.Transport;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** What consumers and providers share: registries and the transport; and the search for references. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "rpc.enabled", matchIfMissing = true)
public final class RpcAutoConfiguration {
    @Bean
    static ReferencePostProcessor rpcReferencePostProcessor(Environment environment) {
        return new ReferencePostProcessor(environment);
    }

    @Bean
    @ConditionalOnMissingBean
    RpcRegistryConnectionDetails rpcRegistryConnectionDetails(Environment environment) {
        List<String> uris = Binder.get(environment)
                .bind("rpc.registry", Bindable.listOf(String.class))
                .orElse(List.of());
        return () -> uris;
    }

    @Bean
    @ConditionalOnMissingBean
    RpcRegistries rpcRegistry(ObjectProvider<Registry> registries, RpcRegistryConnectionDetails details) {
        List<Registry> own = registries.orderedStream().toList();
        return own.isEmpty() ? RpcRegistries.connect(details.uris()) : RpcRegistries.of(own);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Transport rpcTransport() {
        return Plugins.load(Transport.class, Transport::name).only();
    }
}
