package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.spring.RpcClientCustomizer;
import io.bowline.rpc.spring.RpcServerCustomizer;
import io.bowline.rpc.spring.properties.RpcProperties;
import io.bowline.rpc.spring.properties.SslProperties;
import io.bowline.rpc.spring.tls.BundleTls;
import io.bowline.rpc.transport.netty.NettyTransport;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** TLS on either side, with certificates of SSL bundles. */
@AutoConfiguration(
        after = RpcPropertiesAutoConfiguration.class,
        afterName = "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration")
@ConditionalOnBooleanProperty(name = "rpc.enabled", matchIfMissing = true)
@ConditionalOnClass(NettyTransport.class)
public final class RpcSslAutoConfiguration {
    @Bean
    @ConditionalOnProperty("rpc.transport.ssl.bundle")
    BundleTls rpcClientTls(RpcProperties properties, SslBundles bundles) {
        return BundleTls.of(named(properties.transport().ssl()), bundles);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnProperty("rpc.transport.ssl.bundle")
    RpcClientCustomizer rpcClientSpeaksTls(@Qualifier("rpcClientTls") BundleTls tls) {
        return builder -> builder.transport(tls.transport());
    }

    @Bean
    @ConditionalOnProperty("rpc.server.ssl.bundle")
    BundleTls rpcServerTls(RpcProperties properties, SslBundles bundles) {
        return BundleTls.of(named(properties.server().ssl()), bundles);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnProperty("rpc.server.ssl.bundle")
    RpcServerCustomizer rpcServerSpeaksTls(@Qualifier("rpcServerTls") BundleTls tls) {
        return builder -> builder.transport(tls.transport());
    }

    private static SslProperties named(@Nullable SslProperties properties) {
        return Objects.requireNonNull(properties, "ssl");
    }
}
