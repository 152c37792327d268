package io.bowline.rpc.spring.test;

import io.bowline.rpc.Address;
import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.spring.RpcReferenceCustomizer;
import io.bowline.rpc.spring.RpcServerCustomizer;
import io.bowline.rpc.spring.reference.ReferencePlaces;
import io.bowline.rpc.spring.registry.RpcRegistries;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Prepares a test's context. Contexts are shared by tests whose customizers are equal.
 *
 * @param local whether calls stay within the process
 * @param places the test classes that want references
 */
record RpcContextCustomizer(boolean local, Set<Class<?>> places) implements ContextCustomizer {
    RpcContextCustomizer {
        places = Set.copyOf(places);
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (!places.isEmpty()) {
            context.getBeanFactory().registerSingleton(ReferencePlaces.BEAN, new ReferencePlaces(places));
        }
        if (local && context.getBeanFactory() instanceof BeanDefinitionRegistry registry) {
            stayLocal(registry);
        }
    }

    private static void stayLocal(BeanDefinitionRegistry registry) {
        RootBeanDefinition transport = new RootBeanDefinition(Transport.class, LocalTransport::new);
        transport.setPrimary(true);
        registry.registerBeanDefinition("rpcTestTransport", transport);
        RootBeanDefinition registries =
                new RootBeanDefinition(RpcRegistries.class, () -> RpcRegistries.connect(List.of()));
        registries.setPrimary(true);
        registry.registerBeanDefinition("rpcTestRegistry", registries);
        registry.registerBeanDefinition(
                "rpcTestServerCustomizer", new RootBeanDefinition(LocalName.class, LocalName::new));
        registry.registerBeanDefinition(
                "rpcTestReferenceCustomizer", new RootBeanDefinition(NoAddresses.class, NoAddresses::new));
    }

    /** Whatever addresses references have, the providers are here. */
    private static final class NoAddresses implements RpcReferenceCustomizer, Ordered {
        @Override
        public void customize(Class<?> contract, ReferenceOptions options) {
            options.addresses();
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }

    /** A name of this process; several contexts of one process may be there at a time. */
    private static final class LocalName implements RpcServerCustomizer, Ordered {
        private static final Address WITHIN = new Address("test", 0);

        @Override
        public void customize(RpcServerBuilder builder) {
            builder.listen(WITHIN).advertise(WITHIN);
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }
}
