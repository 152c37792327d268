package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.spring.autoconfigure.RpcAutoConfiguration;
import io.bowline.rpc.spring.autoconfigure.RpcClientAutoConfiguration;
import io.bowline.rpc.spring.autoconfigure.RpcPropertiesAutoConfiguration;
import io.bowline.rpc.spring.autoconfigure.RpcServerAutoConfiguration;
import io.bowline.rpc.spring.properties.RpcProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** When properties are read: at start where some are set, else when somebody asks. */
class UnsetPropertiesTest {
    private static final String BEAN = "rpc-" + RpcProperties.class.getName();

    /** Without the actuator and Spring Cloud, which ask for properties at start. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        RpcAutoConfiguration.class,
        RpcClientAutoConfiguration.class,
        RpcServerAutoConfiguration.class,
        RpcPropertiesAutoConfiguration.class
    })
    static class Nothing {}

    @Test
    void waitUntilSomebodyAsks() {
        try (ConfigurableApplicationContext context = started()) {
            assertThat(context.getBeanFactory().containsSingleton(BEAN)).isFalse();
            assertThat(context.getBean(RpcProperties.class).transport().connectionsPerProvider())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rpc.server.port=0", "--rpc.transport.lazy=true", "--rpc.subset=3"})
    void areReadAtStartWhereOneIsSet(String argument) {
        try (ConfigurableApplicationContext context = started(argument)) {
            assertThat(context.getBeanFactory().containsSingleton(BEAN)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rpc.client.greeter.timeout=2s", "--rpc.enabled=true"})
    void areNotReadForWhatIsReadElsewhere(String argument) {
        try (ConfigurableApplicationContext context = started(argument)) {
            assertThat(context.getBeanFactory().containsSingleton(BEAN)).isFalse();
        }
    }

    private static ConfigurableApplicationContext started(String... arguments) {
        return new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }
}
