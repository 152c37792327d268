package io.bowline.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
