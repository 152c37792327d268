package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.observe.MemoryMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Calls are measured and observed with what the application has, on both sides, and not where that is switched off. */
class ObservedTest {
    @Configuration(proxyBeanMethods = false)
    static class Registries {
        private final List<String> observed = new CopyOnWriteArrayList<>();

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        ObservationRegistry observations() {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
                @Override
                public void onStop(Observation.Context context) {
                    observed.add(context.getName());
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }
            });
            return registry;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMeters {
        @Bean
        MemoryMeters meters() {
            return MemoryMeters.create();
        }
    }

    private static void call(org.springframework.context.ApplicationContext context) {
        assertThat(context.getBean(Shop.Caller.class).greeter().hello("you")).isEqualTo("Hello, you");
    }

    @Test
    void callsAreMeasuredAndObservedOnBothSides() {
        Started.of(Shop.class, Registries.class).run(context -> {
            call(context);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("rpc.client.call.duration").timer().count()).isEqualTo(1);
            assertThat(registry.get("rpc.server.calls.started").counter().count()).isEqualTo(1);
            assertThat(registry.get("rpc.client.attempts").counter().count()).isEqualTo(1);
            assertThat(context.getBean(Registries.class).observed)
                    .containsExactlyInAnyOrder("rpc.client.call", "rpc.server.call");
        });
    }

    @Test
    void whatIsSwitchedOffIsNotThere() {
        Started.of(Shop.class, Registries.class)
                .withPropertyValues("rpc.observe.metrics=false", "rpc.observe.tracing=false")
                .run(context -> {
                    call(context);
                    assertThat(context.getBean(MeterRegistry.class).getMeters())
                            .noneMatch(meter -> meter.getId().getName().startsWith("rpc."));
                    assertThat(context.getBean(Registries.class).observed).isEmpty();
                });
    }

    @Test
    void metersOfTheApplicationAreUsedInPlaceOfMicrometers() {
        Started.of(Shop.class, OwnMeters.class).run(context -> {
            call(context);
            assertThat(context.getBean(MemoryMeters.class).readings())
                    .anyMatch(reading -> reading.toString().contains("rpc.server.calls.started"));
        });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void callsAreLoggedWhereThatIsAskedFor(CapturedOutput output) {
        Started.of(Shop.class)
                .withPropertyValues(
                        "rpc.observe.access-log.enabled=true",
                        "rpc.observe.access-log.format=json",
                        "rpc.observe.slow-calls.threshold=1ns")
                .run(context -> call(context));
        assertThat(output).contains("io.bowline.rpc.access").contains("\"method\":\"hello(java.lang.String)\"");
        assertThat(output).contains("io.bowline.rpc.slow");
    }

    @Test
    void theFlightRecorderHasEventsOfBothSides(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("calls.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.bowline.rpc.ClientCall").withThreshold(Duration.ZERO);
            recording.enable("io.bowline.rpc.ServerCall").withThreshold(Duration.ZERO);
            recording.start();
            Started.of(Shop.class).run(context -> call(context));
            recording.dump(file);
        }
        assertThat(RecordingFile.readAllEvents(file))
                .extracting(event -> event.getEventType().getName())
                .contains("io.bowline.rpc.ClientCall", "io.bowline.rpc.ServerCall");
    }
}
