package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.reference.RpcReferences;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** Spring Cloud tells that the environment has changed, and references obey. */
class CloudRefreshTest {
    @Configuration(proxyBeanMethods = false)
    static class Consumer {
        record Caller(Greeter greeter) {}

        @Bean
        Caller caller(@RpcReference("greeter") Greeter greeter) {
            return new Caller(greeter);
        }
    }

    private static String timeout(ApplicationContext context) {
        return context
                .getBean(RpcReferences.class)
                .all()
                .values()
                .iterator()
                .next()
                .reference()
                .options()
                .get("hello(java.lang.String)")
                .stream()
                .filter(option -> option.name().equals("timeout"))
                .map(option -> option.value() + " by " + option.origin())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void referencesObeyWhatHasChanged() {
        Map<String, Object> remote = new HashMap<>(Map.of("rpc.client.greeter.timeout", "1s"));
        Started.of(Consumer.class)
                .withInitializer(context ->
                        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("remote", remote)))
                .run(context -> {
                    assertThat(timeout(context)).isEqualTo("1000 ms by rpc.client.greeter.timeout (remote)");
                    remote.put("rpc.client.greeter.timeout", "4s");
                    context.publishEvent(new EnvironmentChangeEvent(context, Set.of("rpc.client.greeter.timeout")));
                    assertThat(timeout(context)).isEqualTo("4000 ms by rpc.client.greeter.timeout (remote)");
                });
    }
}
