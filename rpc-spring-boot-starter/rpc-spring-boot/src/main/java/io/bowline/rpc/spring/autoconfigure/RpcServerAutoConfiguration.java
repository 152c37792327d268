package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.server.OfferedService;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.spring.reference.RpcReferences;
import io.bowline.rpc.spring.registry.RpcRegistries;
import io.bowline.rpc.spring.server.RegistrationReadiness;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import io.bowline.rpc.spring.server.ServerAssembly;
import io.bowline.rpc.spring.server.ServiceBeans;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** The server, which runs when the application has services. */
@AutoConfiguration(
        after = {RpcAutoConfiguration.class, RpcPropertiesAutoConfiguration.class},
        afterName = "org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration")
@ConditionalOnBooleanProperty(
        name = {"rpc.enabled", "rpc.server.enabled"},
        matchIfMissing = true)
public final class RpcServerAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    RpcServerLifecycle rpcServerLifecycle(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<RpcRegistries> registries,
            ObjectProvider<RpcReferences> references,
            ApplicationContext context) {
        return new RpcServerLifecycle(
                new ServiceBeans(beans),
                new ServerAssembly(beans),
                () -> registries.getObject().all(),
                server -> references.ifAvailable(known -> awaitOwn(known, registries.getObject(), server)),
                context);
    }

    @Bean
    @ConditionalOnMissingBean
    RegistrationReadiness rpcRegistrationReadiness(RpcServerLifecycle lifecycle, ApplicationContext context) {
        return new RegistrationReadiness(lifecycle, context);
    }

    /** Where services are found in this process alone, they can be called once it has started. */
    private static void awaitOwn(RpcReferences references, RpcRegistries registries, RpcServer server) {
        if (registries.inProcess()) {
            references.await(
                    server.services().stream().map(OfferedService::name).collect(Collectors.toSet()));
        }
    }
}
