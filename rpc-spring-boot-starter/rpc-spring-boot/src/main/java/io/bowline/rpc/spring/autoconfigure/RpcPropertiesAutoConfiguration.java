package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.route.FileRuleSource;
import io.bowline.rpc.route.RuleSource;
import io.bowline.rpc.spring.RpcClientCustomizer;
import io.bowline.rpc.spring.RpcServerCustomizer;
import io.bowline.rpc.spring.names.RpcNames;
import io.bowline.rpc.spring.names.SetProperties;
import io.bowline.rpc.spring.properties.PropertySettings;
import io.bowline.rpc.spring.properties.RpcProperties;
import io.bowline.rpc.spring.reference.RpcReferences;
import io.bowline.rpc.spring.refresh.RpcRefresh;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
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
    /** The name that Spring Boot gives to the bean of the properties. */
    private static final String PROPERTIES = "rpc-" + RpcProperties.class.getName();

    /** Of these, a wrong value cannot be refused by reading {@link RpcProperties}. */
    private static final Set<String> READ_ELSEWHERE = Set.of("client", "registry", "enabled");

    /** What is set is read, and refused, at once; where nothing is, reading waits until somebody asks. */
    @Bean
    static BeanFactoryPostProcessor rpcPropertiesWhenAsked(Environment environment) {
        return beans -> {
            if (beans.containsBeanDefinition(PROPERTIES)) {
                beans.getBeanDefinition(PROPERTIES)
                        .setLazyInit(READ_ELSEWHERE.containsAll(SetProperties.of(environment)));
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean
    PropertySettings rpcReferenceSettings(Environment environment, ListableBeanFactory beans) {
        return PropertySettings.of(environment, new RpcNames(beans));
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
            ObjectProvider<RpcProperties> said, ObjectProvider<RuleSource> rules, ListableBeanFactory beans) {
        return builder -> {
            RpcProperties properties = said.getObject();
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
            ObjectProvider<RpcProperties> said, Environment environment, ListableBeanFactory beans) {
        return builder -> {
            RpcProperties properties = said.getObject();
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
