package io.bowline.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SnapshotFeedTest {
    private final SnapshotFeed feed = new SnapshotFeed("demo.Orders");
    private final List<Snapshot> heard = new CopyOnWriteArrayList<>();

    @Test
    void tellsNothingBeforeSomethingIsKnown() {
        feed.watch(heard::add);
        feed.publish(List.of());

        await().untilAsserted(() -> assertThat(heard).hasSize(1));
        assertThat(heard.get(0).instances()).isEmpty();
    }

    @Test
    void tellsTheSameOnlyOnce() {
        feed.watch(heard::add);
        feed.publish(instances(1, 2));
        await().untilAsserted(() -> assertThat(heard).hasSize(1));
        feed.publish(instances(2, 1));
        feed.publish(instances(1));

        await().untilAsserted(() -> assertThat(heard).hasSize(2));
        assertThat(heard).extracting(Snapshot::revision).containsExactly(1L, 2L);
        assertThat(heard.get(0).instances())
                .extracting(known -> known.address().port())
                .containsExactly(1, 2);
    }

    @Test
    void anInstanceThatStaysAsItWasIsTheSameObjectInEveryList() {
        feed.watch(heard::add);
        feed.publish(instances(1, 2, 3));
        await().untilAsserted(() -> assertThat(heard).hasSize(1));
        feed.publish(instances(3, 1, 4));
        await().untilAsserted(() -> assertThat(heard).hasSize(2));

        List<Instance> first = heard.get(0).instances();
        List<Instance> second = heard.get(1).instances();
        assertThat(second).isEqualTo(instances(1, 3, 4));
        assertThat(second.get(0)).isSameAs(first.get(0));
        assertThat(second.get(1)).isSameAs(first.get(2));
    }

    @Test
    void ofSeveralWithOneIdTheLastIsTold() {
        Instance one = instances(1).get(0);
        feed.watch(heard::add);
        feed.publish(List.of(one, one.withWeight(7), one.withWeight(8)));
        await().untilAsserted(() -> assertThat(heard).hasSize(1));
        feed.publish(List.of(one.withWeight(9), one.withWeight(8)));
        feed.publish(List.of(one.withWeight(8), one));
        await().untilAsserted(() -> assertThat(heard).hasSize(2));

        assertThat(heard.get(0).instances()).containsExactly(one.withWeight(8));
        assertThat(heard.get(1).instances()).containsExactly(one);
    }

    @Test
    void keepsOneOrderHoweverListsComeAndChange() throws Exception {
        Random random = new Random(42);
        List<Instance> list = new ArrayList<>();
        for (int step = 1; step <= 500; step++) {
            int id = random.nextInt(60);
            list.removeIf(known -> known.id().equals("id-" + id));
            for (int more = random.nextInt(3); more > 0; more--) {
                list.add(instance("id-" + (id + more), random.nextInt(20), random.nextInt(3)));
            }
            Collections.shuffle(list, random);
            feed.publish(list);
            BlockingQueue<Snapshot> told = new LinkedBlockingQueue<>();
            Registration watch = feed.watch(told::add);
            Snapshot newest = told.take();
            watch.close();

            Map<String, Instance> last = new HashMap<>();
            list.forEach(instance -> last.put(instance.id(), instance));
            assertThat(newest.instances())
                    .containsExactlyInAnyOrderElementsOf(last.values())
                    .isSortedAccordingTo(Comparator.comparingInt(
                                    (Instance known) -> known.address().port())
                            .thenComparing(Instance::id));
        }
    }

    private static Instance instance(String id, int port, int weight) {
        Instance at = Instance.at(new Address("h", port));
        return new Instance(id, "", at.address(), List.of(), Set.of(), weight, Map.of());
    }

    @Test
    void aLateWatcherFirstHearsTheNewest() {
        feed.publish(instances(1));
        feed.publish(instances(2));
        feed.watch(heard::add);

        await().untilAsserted(() -> assertThat(heard).hasSize(1));
        assertThat(heard.get(0).instances()).isEqualTo(instances(2));
    }

    @Test
    void runsOneSnapshotAtATimeInOrderAndEndsWithTheLast() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        feed.watch(snapshot -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            heard.add(snapshot);
            inside.decrementAndGet();
        });
        for (int i = 1; i <= 2_000; i++) {
            feed.publish(instances(i));
        }

        await().untilAsserted(() ->
                assertThat(heard.get(heard.size() - 1).instances()).isEqualTo(instances(2_000)));
        assertThat(heard).extracting(Snapshot::revision).isSorted().doesNotHaveDuplicates();
        assertThat(most).hasValue(1);
    }

    @Test
    void aStuckWatcherDoesNotHoldThePublisherOrTheOthers() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        feed.watch(snapshot -> {
            stuck.countDown();
            awaitQuietly(free);
        });
        feed.watch(heard::add);
        feed.publish(instances(1));
        assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();

        feed.publish(instances(2));

        await().untilAsserted(() -> assertThat(heard).isNotEmpty());
        await().untilAsserted(() ->
                assertThat(heard.get(heard.size() - 1).instances()).isEqualTo(instances(2)));
        free.countDown();
    }

    @Test
    void aClosedWatchIsForgotten() {
        Registration watch = feed.watch(heard::add);
        Registration other = feed.watch(snapshot -> {});
        watch.close();
        watch.close();
        assertThat(feed.watched()).isTrue();
        other.close();

        feed.publish(instances(1));

        assertThat(feed.watched()).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void watchersRunOnDaemonThreadsOfTheFramework() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        feed.watch(snapshot -> threads.add(Thread.currentThread()));
        feed.publish(List.of());

        await().untilAsserted(() -> assertThat(threads).hasSize(1));
        assertThat(threads.get(0).isDaemon()).isTrue();
        assertThat(threads.get(0).getName()).startsWith("bowline-discovery-");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Instance> instances(int... ports) {
        List<Instance> instances = new ArrayList<>();
        for (int port : ports) {
            instances.add(Instance.at(new Address("h", port)));
        }
        return instances;
    }
}
