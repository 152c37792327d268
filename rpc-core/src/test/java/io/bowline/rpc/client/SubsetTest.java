package io.bowline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubsetTest {
    private static final int PROVIDERS = 2_000;
    private static final int SIZE = 100;

    private final Set<String> providers = new HashSet<>(IntStream.range(0, PROVIDERS)
            .mapToObj(i -> "10.0.0." + i + ":20880")
            .toList());

    private Subset subset(long seed) {
        Subset subset = new Subset(SIZE, seed);
        List<String> looked = subset.changed(List.copyOf(providers), providers::contains);
        assertThat(looked).hasSize(SIZE).allMatch(subset::holds);
        return subset;
    }

    private Set<String> held(Subset subset) {
        Set<String> held = new HashSet<>(providers);
        held.removeIf(id -> !subset.holds(id));
        return held;
    }

    @Test
    void holdsAllUpToItsSize() {
        providers.removeIf(id -> Math.floorMod(id.hashCode(), 40) != 0);
        assertThat(providers).hasSizeBetween(20, SIZE);
        Subset subset = new Subset(SIZE, 1);
        assertThat(subset.changed(List.copyOf(providers), providers::contains)).hasSameSizeAs(providers);
        assertThat(held(subset)).isEqualTo(providers);
    }

    @Test
    void oneProviderThatComesOrGoesChangesOnePlaceAtMost() {
        Subset subset = subset(1);
        Set<String> before = held(subset);
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 300; round++) {
            String id = "10.0.0." + random.nextInt(PROVIDERS) + ":20880";
            boolean used = subset.holds(id);
            boolean goes = providers.remove(id);
            if (!goes) {
                providers.add(id);
            }
            List<String> looked = subset.changed(List.of(id), providers::contains);
            Set<String> after = held(subset);
            assertThat(after).hasSize(SIZE);
            assertThat(looked.size()).isEqualTo(goes ? (used ? 2 : 0) : (subset.holds(id) ? 2 : 0));
            Set<String> stayed = new HashSet<>(before);
            stayed.retainAll(after);
            assertThat(stayed.size()).isGreaterThanOrEqualTo(SIZE - 1);
            before = after;
        }
    }

    @Test
    void clientsSpreadEvenlyOverTheProviders() {
        Map<String, Integer> users = new HashMap<>();
        SplittableRandom seeds = new SplittableRandom(3);
        int clients = 2_000;
        for (int client = 0; client < clients; client++) {
            held(subset(seeds.nextLong())).forEach(id -> users.merge(id, 1, Integer::sum));
        }
        double mean = (double) clients * SIZE / PROVIDERS;
        assertThat(users).hasSize(PROVIDERS);
        assertThat(users.values())
                .allSatisfy(count -> assertThat((double) count).isBetween(mean - 5 * Math.sqrt(mean), mean * 1.6));
    }

    @Test
    void unreachableProvidersAreMadeUpForUpToTwice() {
        Subset subset = subset(1);
        Set<String> before = held(subset);
        assertThat(subset.unreachable(30)).hasSize(30).allMatch(subset::holds);
        assertThat(held(subset)).hasSize(130).containsAll(before);
        assertThat(subset.unreachable(30)).isEmpty();
        assertThat(subset.unreachable(1_000)).hasSize(70);
        assertThat(held(subset)).hasSize(200);
        assertThat(subset.unreachable(0)).hasSize(100).noneMatch(subset::holds);
        assertThat(held(subset)).isEqualTo(before);
    }

    @Test
    void withoutASizeItCostsNothing() {
        Subset all = new Subset(Choice.NO_SUBSET, 1);
        List<String> ids = List.of("a", "b");
        assertThat(all.changed(ids, id -> false)).isSameAs(ids);
        assertThat(all.holds("anything")).isTrue();
        assertThat(all.unreachable(5)).isEmpty();
    }
}
