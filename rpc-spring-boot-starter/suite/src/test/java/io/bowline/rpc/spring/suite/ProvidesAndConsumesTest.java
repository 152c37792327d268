package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/** The ten lines that an application begins with. */
class ProvidesAndConsumesTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Application.class);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({PoliteGreeter.class, Desk.class})
    static class Application {}

    @RpcService
    static class PoliteGreeter implements Greeter {
        @Override
        public String hello(String name) {
            return "Good morning, " + name;
        }
    }

    @Component
    static class Desk {
        private final Greeter greeter;

        Desk(@RpcReference Greeter greeter) {
            this.greeter = greeter;
        }
    }

    @Test
    void callsAServiceOfItsOwnOverTheNetwork() {
        runner.run(context -> {
            Greeter greeter = context.getBean(Desk.class).greeter;
            assertThat(greeter).isNotInstanceOf(PoliteGreeter.class);
            assertThat(greeter.hello("World")).isEqualTo("Good morning, World");
        });
    }
}
