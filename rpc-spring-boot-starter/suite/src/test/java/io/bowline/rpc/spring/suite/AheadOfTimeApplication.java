package io.bowline.rpc.spring.suite;

import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/** An application that is processed ahead of time; it says what it is, calls itself, and ends. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({AheadOfTimeApplication.Polite.class, AheadOfTimeApplication.Desk.class})
public class AheadOfTimeApplication {
    /** A service. */
    @RpcService
    public static class Polite implements Greeter {
        @Override
        public String hello(String name) {
            return "hello " + name;
        }
    }

    /** Wants a reference in its constructor and in a field. */
    @Component
    public static class Desk {
        @RpcReference(timeout = "5s")
        Greeter patient;

        private final Greeter greeter;

        /** Made by Spring. */
        public Desk(@RpcReference Greeter greeter) {
            this.greeter = greeter;
        }
    }

    /** What a method makes that wants a reference. */
    public record Made(Greeter greeter) {}

    @Bean
    Made made(@RpcReference(version = "", maxAttempts = 2) Greeter greeter) {
        return new Made(greeter);
    }

    /** Runs it. */
    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = SpringApplication.run(AheadOfTimeApplication.class, args)) {
            Desk desk = context.getBean(Desk.class);
            System.out.println("generated: " + AotDetector.useGeneratedArtifacts() + ", "
                    + desk.greeter.hello("one") + ", "
                    + desk.patient.hello("two") + ", "
                    + context.getBean(Made.class).greeter().hello("three"));
        }
    }
}
