package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.spring.reference.RpcReferences;
import io.bowline.rpc.spring.registry.RpcRegistries;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/** What an application says while it starts, and what it holds. */
@ExtendWith(OutputCaptureExtension.class)
class QuietStartTest {
    @RpcService
    static class Polite implements Greeter {
        @Override
        public String hello(String name) {
            return "hello " + name;
        }
    }

    @Component
    static class Desk {
        @RpcReference
        private Greeter greeter;
    }

    private static ConfigurableApplicationContext start(List<String> properties, Class<?>... classes) {
        return new SpringApplicationBuilder(classes)
                .sources(Started.Application.class)
                .web(WebApplicationType.NONE)
                .properties(properties.toArray(String[]::new))
                .run();
    }

    @Test
    void warnsOfNothing(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start(List.of(), Polite.class, Desk.class)) {
            assertThat(context.getBean(Desk.class).greeter.hello("x")).isEqualTo("hello x");
        }
        assertThat(output)
                .contains("Serving [" + Greeter.class.getName() + "]")
                .doesNotContain("WARN")
                .doesNotContain("not eligible")
                .doesNotContain("ERROR");
    }

    @Test
    void opensNothingWhereNothingIsWanted(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start(List.of())) {
            assertThat(context.getBean(RpcReferences.class).all()).isEmpty();
            assertThat(context.getBeanFactory().containsSingleton("rpcClient")).isFalse();
            assertThat(context.getBeanFactory().containsSingleton("rpcTransport"))
                    .isFalse();
        }
        assertThat(output).doesNotContain("bowline").doesNotContain("Serving");
    }

    @Test
    void holdsOneClientAndOneRegistryForFiveHundredReferences() {
        List<String> properties = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            properties.add("rpc.client.r" + i + ".interface=" + Greeter.class.getName());
            properties.add("rpc.client.r" + i + ".version=" + i);
        }
        try (ConfigurableApplicationContext context = start(properties)) {
            RpcClient client = context.getBean(RpcClient.class);
            assertThat(client.references()).hasSize(500);
            assertThat(client.registries())
                    .isEqualTo(context.getBean(RpcRegistries.class).all())
                    .hasSize(1);
            assertThat(context.getBeansOfType(Greeter.class)).hasSize(500);
        }
    }
}
