package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.route.FileRuleSource;
import io.bowline.rpc.route.RuleSource;
import io.bowline.rpc.spring.RpcClientCustomizer;
import io.bowline.rpc.spring.RpcServerCustomizer;
import io.bowline.rpc.spring.names.RpcNames;
import io.bowline.rpc.spring.properties.ClientProperties;
import io.bowline.rpc.spring.properties.PropertySettings;
import io.bowline.rpc.spring.properties.RpcProperties;
import io.bowline.rpc.spring.reference.RpcReferences;
import io.bowline.rpc.spring.refresh.RpcRefresh;
import java.nio.file.Path;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** What properties say, as settings of references and as the first customizers of clients and servers. */
@AutoConfiguration(after = RpcAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "rpc.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RpcProperties.class)
public final class RpcPropertiesAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    PropertySettings rpcReferenceSettings(Environment environment, ListableBeanFactory beans) {
        return new PropertySettings(ClientProperties.bind(environment), new RpcNames(beans));
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    RpcRefresh rpcRefresh(
            Environment environment, RpcReferences references, PropertySettings settings, RpcProperties properties) {
        return new RpcRefresh(environment, references, settings, properties);
    }

    @Bean
    @ConditionalOnProperty("rpc.routing.rules-file")
    FileRuleSource rpcRulesFile(RpcProperties properties) {
        return FileRuleSource.watching(
                Path.of(String.valueOf(properties.routing().rulesFile())));
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RpcClientCustomizer rpcClientProperties(
            RpcProperties properties, ObjectProvider<RuleSource> rules, ListableBeanFactory beans) {
        return builder -> {
            properties.applyTo(builder);
            applySerializer(properties, builder, beans);
            rules.orderedStream().forEach(builder::rules);
        };
    }

    private static void applySerializer(RpcProperties properties, RpcClientBuilder builder, ListableBeanFactory beans) {
        String serializer = properties.serializer();
        if (serializer != null) {
            builder.serializer(new RpcNames(beans).serializer(serializer));
        }
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RpcServerCustomizer rpcServerProperties(
            RpcProperties properties, Environment environment, ListableBeanFactory beans) {
        return builder -> {
            String name = environment.getProperty("spring.application.name", "application");
            builder.application(properties.application() == null ? name : properties.application());
            properties.server().applyTo(builder);
            properties
                    .server()
                    .accepted()
                    .forEach(serializer -> builder.serializer(new RpcNames(beans).serializer(serializer)));
        };
    }
}
