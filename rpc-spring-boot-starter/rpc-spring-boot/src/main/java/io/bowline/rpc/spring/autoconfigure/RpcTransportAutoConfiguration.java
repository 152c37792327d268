package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.spring.RpcClientCustomizer;
import io.bowline.rpc.spring.RpcServerCustomizer;
import io.bowline.rpc.spring.properties.RpcProperties;
import io.bowline.rpc.spring.transport.ConfiguredTransport;
import io.bowline.rpc.transport.netty.NettyTransport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A transport of its own for either side of which properties say how it is to be: TLS and compression. */
@AutoConfiguration(
        after = RpcPropertiesAutoConfiguration.class,
        afterName = "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration")
@ConditionalOnBooleanProperty(name = "rpc.enabled", matchIfMissing = true)
@ConditionalOnClass(NettyTransport.class)
public final class RpcTransportAutoConfiguration {
    @Bean
    @Conditional(OfClients.class)
    ConfiguredTransport rpcClientTransport(RpcProperties properties, ObjectProvider<SslBundles> bundles) {
        return ConfiguredTransport.of(
                properties.transport().ssl(), properties.transport().compressAbove(), bundles);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Conditional(OfClients.class)
    RpcClientCustomizer rpcClientTransportCustomizer(@Qualifier("rpcClientTransport") ConfiguredTransport configured) {
        return builder -> builder.transport(configured.transport());
    }

    @Bean
    @Conditional(OfServers.class)
    ConfiguredTransport rpcServerTransport(RpcProperties properties, ObjectProvider<SslBundles> bundles) {
        return ConfiguredTransport.of(
                properties.server().ssl(), properties.server().compressAbove(), bundles);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Conditional(OfServers.class)
    RpcServerCustomizer rpcServerTransportCustomizer(@Qualifier("rpcServerTransport") ConfiguredTransport configured) {
        return builder -> builder.transport(configured.transport());
    }

    static final class OfClients extends AnyNestedCondition {
        OfClients() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("rpc.transport.ssl.bundle")
        static final class Tls {}

        @ConditionalOnProperty("rpc.transport.compress-above")
        static final class Compression {}
    }

    static final class OfServers extends AnyNestedCondition {
        OfServers() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("rpc.server.ssl.bundle")
        static final class Tls {}

        @ConditionalOnProperty("rpc.server.compress-above")
        static final class Compression {}
    }
}
