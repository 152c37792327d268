package io.bowline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Address;
import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What a source makes of lists, against what the lists say. */
class SourceTest {
    private Source source = new Source(InMemoryRegistry.create());

    @Test
    void tellsWhatCameAndWentAndChanged() {
        assertThat(hear(at(1), at(2), at(3))).containsExactly("h:1", "h:2", "h:3");
        assertThat(hear(at(1), at(3).withWeight(5), at(4))).containsExactlyInAnyOrder("h:2", "h:3", "h:4");
        assertThat(source.find("h:2")).isNull();
        assertThat(source.find("h:3")).isEqualTo(at(3).withWeight(5));
        assertThat(hear()).containsExactlyInAnyOrder("h:1", "h:3", "h:4");
    }

    @Test
    void whatIsEqualHasNotChanged() {
        hear(at(1), at(2));
        assertThat(hear(at(1), at(2))).isEmpty();
        assertThat(hear(at(2), at(1))).isEmpty();
    }

    @Property(tries = 300)
    void knowsWhatTheLastListSaid(@ForAll long seed) {
        source = new Source(InMemoryRegistry.create());
        Random random = new Random(seed);
        List<Instance> list = new ArrayList<>();
        Map<String, Instance> before = Map.of();
        for (int step = 0; step < 20; step++) {
            alter(list, random);
            Map<String, Instance> after = byId(list);
            List<String> changed = hear(list.toArray(new Instance[0]));

            assertThat(changed).doesNotHaveDuplicates().hasSameElementsAs(differing(before, after));
            for (int port = 1; port <= 20; port++) {
                String id = at(port).id();
                assertThat(source.find(id)).isEqualTo(after.get(id));
            }
            before = after;
        }
    }

    @Property(tries = 300)
    void forgetsNobodyWhoIsSaidTwice(@ForAll long seed) {
        source = new Source(InMemoryRegistry.create());
        Random random = new Random(seed);
        List<Instance> list = new ArrayList<>();
        for (int step = 0; step < 20; step++) {
            alter(list, random);
            List<Instance> twice = new ArrayList<>(list);
            list.stream()
                    .filter(instance -> random.nextInt(5) == 0)
                    .forEach(instance ->
                            twice.add(random.nextInt(twice.size() + 1), instance.withWeight(random.nextInt(3))));
            hear(twice.toArray(new Instance[0]));

            for (int port = 1; port <= 20; port++) {
                Instance found = source.find(at(port).id());
                if (found == null) {
                    assertThat(twice).extracting(Instance::id).doesNotContain(at(port).id());
                } else {
                    assertThat(twice).contains(found);
                }
            }
        }
    }

    private static void alter(List<Instance> list, Random random) {
        for (int change = random.nextInt(3); change >= 0; change--) {
            Instance instance = at(1 + random.nextInt(20));
            int known = -1;
            for (int i = 0; i < list.size(); i++) {
                known = list.get(i).id().equals(instance.id()) ? i : known;
            }
            if (known < 0) {
                list.add(random.nextInt(list.size() + 1), instance);
            } else if (random.nextBoolean()) {
                list.remove(known);
            } else {
                list.set(known, instance.withWeight(random.nextInt(3)));
            }
        }
        if (random.nextInt(10) == 0) {
            Collections.shuffle(list, random);
        }
    }

    private static Set<String> differing(Map<String, Instance> before, Map<String, Instance> after) {
        Set<String> ids = new HashSet<>(before.keySet());
        ids.addAll(after.keySet());
        ids.removeIf(id -> before.containsKey(id) && before.get(id).equals(after.get(id)));
        return ids;
    }

    private static Map<String, Instance> byId(List<Instance> list) {
        Map<String, Instance> byId = new LinkedHashMap<>();
        list.forEach(instance -> byId.put(instance.id(), instance));
        return byId;
    }

    private List<String> hear(Instance... instances) {
        return source.hear(new Snapshot("demo.Service", List.of(instances), 1, Instant.EPOCH));
    }

    private static Instance at(int port) {
        return Instance.at(new Address("h", port));
    }
}
