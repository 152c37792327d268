package io.bowline.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RegistryFileTest {
    @TempDir
    Path folder;

    @Test
    void readsLines() {
        RegistryFile file = RegistryFile.parse("""
                # where            what
                demo.Orders  10.0.0.7:9000  version=1.2 group=blue weight=50 tag=canary label.zone=eu%201
                demo.Prices  10.0.0.7:9000  weight=50 tag=canary label.zone=eu%201
                *            [::1]:9000     id=six application=shop serializers=json,protostuff
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.instances())
                .containsExactly(
                        new Instance(
                                "10.0.0.7:9000",
                                "",
                                new Address("10.0.0.7", 9_000),
                                List.of(new ServiceName("demo.Orders", "1.2", "blue"), ServiceName.of("demo.Prices")),
                                Set.of(),
                                50,
                                Map.of("tag", "canary", "zone", "eu 1")),
                        new Instance(
                                "six",
                                "shop",
                                new Address("::1", 9_000),
                                List.of(),
                                Set.of("json", "protostuff"),
                                100,
                                Map.of()));
    }

    @Test
    void aBadLineIsToldAndTheOthersStand() {
        RegistryFile file = RegistryFile.parse("""
                *           h:1
                lonely
                *           nowhere
                *           h:2  wieght=5
                *           h:3  weight=x
                *           h:4  weight=-1
                *           h:5  blue
                demo.Orders h:1
                demo.Orders h:6  version=1 version=2
                *           h:7  version=1
                demo.Orders h:8  weight=5
                demo.Prices h:8  weight=6
                *           h:9  tag=%zz
                *           h:10
                """);

        assertThat(file.instances()).extracting(known -> known.address().port()).containsExactly(1, 8, 10);
        assertThat(file.problems()).hasSize(11);
        assertThat(file.problems().get(0)).startsWith("2: one word (expected: a service or *, then host:port)");
        assertThat(file.problems().get(2)).startsWith("4: unknown key 'wieght'").endsWith("Did you mean weight?");
        assertThat(file.problems().get(3)).isEqualTo("5: weight: 'x' (expected: a number)");
        assertThat(file.problems().get(9)).startsWith("12: says something else of this instance than a line above");
    }

    @Property
    void anyTextIsRead(@ForAll String text) {
        assertThat(RegistryFile.parse("* " + text + "\n* h:1 " + text).problems())
                .allMatch(told -> told.length() < 500);
    }

    @Test
    @Timeout(60)
    void whatItLastSaidStandsWhileTheFileIsAway() throws IOException {
        Path path = folder.resolve("providers.txt");
        List<Snapshot> heard = new CopyOnWriteArrayList<>();
        try (FileRegistry registry = FileRegistry.watching(path)) {
            registry.watch("demo.Orders", heard::add);
            await().untilAsserted(
                            () -> assertThat(registry.status().reachable()).isFalse());
            assertThat(heard).isEmpty();

            Files.writeString(path, "* h:1\n");
            await().untilAsserted(() -> assertThat(heard).hasSize(1));
            assertThat(registry.status().reachable()).isTrue();

            Files.delete(path);
            await().untilAsserted(
                            () -> assertThat(registry.status().reachable()).isFalse());
            assertThat(registry.status().lastAnswer()).isNotNull();
            assertThat(heard).hasSize(1);

            Files.writeString(path, "* h:2\n".repeat(200_000));
            Files.writeString(path, "* h:2\n");
            await().untilAsserted(() -> assertThat(heard).hasSize(2));
        }
    }

    @Test
    void registeringIsRefusedWithTheWayOut() {
        Instance instance = Instance.at(new Address("h", 1));
        try (FileRegistry file = FileRegistry.watching(folder.resolve("providers.txt"))) {
            assertThatThrownBy(() -> file.register(instance)).hasMessageContainingAll("only read", "write the line");
        }
        assertThatThrownBy(() -> StaticRegistry.of(instance).register(instance))
                .hasMessageContaining("its list is fixed");
    }
}
