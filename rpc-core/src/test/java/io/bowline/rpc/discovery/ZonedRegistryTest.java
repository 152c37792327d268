package io.bowline.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ZonedRegistryTest {
    private final InMemoryRegistry plain = InMemoryRegistry.create();
    private final Registry zoned = Registry.inZone("eu-1", plain);

    private static Instance instance(int number, Map<String, String> labels) {
        return new Instance(
                "id-" + number,
                "shop",
                new Address("host", number),
                List.of(ServiceName.of("demo.Shop")),
                Set.of(),
                Instance.NORMAL_WEIGHT,
                labels);
    }

    @Test
    void saysTheZoneOfWhoDoesNotSayItAndKeepsWhatDidNotChange() {
        List<Snapshot> told = new CopyOnWriteArrayList<>();
        plain.register(instance(1, Map.of("tag", "grey")));
        plain.register(instance(2, Map.of("zone", "us-1")));
        Registration watch = zoned.watch("demo.Shop", told::add);
        await().until(() -> !told.isEmpty() && last(told).size() == 2);
        assertThat(last(told))
                .extracting(Instance::labels)
                .containsExactlyInAnyOrder(Map.of("tag", "grey", "zone", "eu-1"), Map.of("zone", "us-1"));
        List<Instance> before = last(told);
        plain.register(instance(3, Map.of()));
        await().until(() -> last(told).size() == 3);
        assertThat(before).allMatch(old -> last(told).stream().anyMatch(now -> now == old));
        watch.close();
        zoned.close();
    }

    @Test
    void whoRegistersThereIsThere() {
        List<Snapshot> told = new CopyOnWriteArrayList<>();
        zoned.register(instance(1, Map.of()));
        plain.watch("demo.Shop", told::add);
        await().until(() -> !told.isEmpty() && last(told).size() == 1);
        assertThat(last(told).get(0).labels()).isEqualTo(Map.of("zone", "eu-1"));
        assertThat(zoned.status().description()).isEqualTo(plain.status().description());
        zoned.close();
    }

    private static List<Instance> last(List<Snapshot> told) {
        return told.get(told.size() - 1).instances();
    }
}
