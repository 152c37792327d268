package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryStatus;
import io.bowline.rpc.discovery.Snapshot;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/** When an application says that it takes calls. */
class ReadinessTest {
    @RpcService
    static class Polite implements Greeter {
        @Override
        public String hello(String name) {
            return "hello " + name;
        }
    }

    /** A registry that takes its time. */
    @Component
    static class Pondering implements Registry {
        private final Registry registry = InMemoryRegistry.create();
        private volatile boolean established;

        @Override
        public Registration register(Instance instance) {
            Registration registration = registry.register(instance);
            return new Registration() {
                @Override
                public void close() {
                    registration.close();
                }

                @Override
                public boolean established() {
                    return established;
                }
            };
        }

        @Override
        public Registration watch(String service, Consumer<Snapshot> watcher) {
            return registry.watch(service, watcher);
        }

        @Override
        public CompletionStage<List<String>> services() {
            return registry.services();
        }

        @Override
        public RegistryStatus status() {
            return registry.status();
        }

        @Override
        public void close() {
            registry.close();
        }
    }

    private static ConfigurableApplicationContext start(Class<?>... classes) {
        return new SpringApplicationBuilder(classes)
                .sources(Started.Application.class)
                .web(WebApplicationType.NONE)
                .run();
    }

    @Test
    void isNotReadyUntilItIsRegistered() {
        try (ConfigurableApplicationContext context = start(Polite.class, Pondering.class)) {
            ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
            assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            context.getBean(Pondering.class).established = true;
            await().until(() -> availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void isReadyAtOnceWhereItIsItsOwnRegistryAndNotOnceItIsDrained() {
        try (ConfigurableApplicationContext context = start(Polite.class)) {
            ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
            assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
            context.getBean(RpcServerLifecycle.class).stop();
            assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            context.getBean(RpcServerLifecycle.class).start();
            assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void isReadyWithoutServices() {
        try (ConfigurableApplicationContext context = start(Pondering.class)) {
            assertThat(context.getBean(ApplicationAvailability.class).getReadinessState())
                    .isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
        }
    }
}
