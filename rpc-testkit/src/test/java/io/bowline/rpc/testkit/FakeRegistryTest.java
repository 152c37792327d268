package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeRegistryTest {
    private static final Instance ONE = Instance.at(Address.parse("one:1"));
    private static final Instance TWO = Instance.at(Address.parse("two:2"));

    private final FakeRegistry registry = new FakeRegistry();
    private final List<Snapshot> heard = new ArrayList<>();

    @Test
    void isSilentUntilTheFirstPush() {
        registry.watch("demo.Greeter", heard::add);
        registry.push("demo.Other", ONE);
        assertThat(heard).isEmpty();
        registry.push("demo.Greeter");
        assertThat(heard)
                .singleElement()
                .satisfies(first -> assertThat(first.instances()).isEmpty());
    }

    @Test
    void tellsEachPushInOrderAndTheNewestToALaterWatch() {
        registry.watch("demo.Greeter", heard::add);
        registry.push("demo.Greeter", ONE);
        registry.pushAddresses("demo.Greeter", ONE.address(), TWO.address());
        assertThat(heard).extracting(Snapshot::instances).containsExactly(List.of(ONE), List.of(ONE, TWO));
        assertThat(heard.get(1).revision()).isGreaterThan(heard.get(0).revision());
        heard.clear();
        registry.watch("demo.Greeter", heard::add);
        assertThat(heard).extracting(Snapshot::instances).containsExactly(List.of(ONE, TWO));
        assertThat(registry.services().toCompletableFuture().join()).containsExactly("demo.Greeter");
    }

    @Test
    void keepsWhatIsPushedWhileItIsUnreachable() {
        registry.watch("demo.Greeter", heard::add);
        registry.push("demo.Greeter", ONE);
        registry.unreachable();
        assertThat(registry.status().reachable()).isFalse();
        registry.push("demo.Greeter", TWO);
        registry.push("demo.Greeter", ONE, TWO);
        assertThat(heard).hasSize(1);
        registry.reachable();
        registry.reachable();
        assertThat(heard).extracting(Snapshot::instances).containsExactly(List.of(ONE), List.of(ONE, TWO));
        assertThat(registry.status().lastAnswer()).isNotNull();
    }

    @Test
    void pushesLateWhenTheTimerComesToIt() {
        ManualTimer timer = new ManualTimer();
        registry.watch("demo.Greeter", heard::add);
        registry.pushLate(timer, Duration.ofSeconds(2), "demo.Greeter", ONE);
        timer.advance(Duration.ofSeconds(1));
        assertThat(heard).isEmpty();
        timer.advance(Duration.ofSeconds(1));
        assertThat(heard).hasSize(1);
    }

    @Test
    void flapsAndEndsWithTheInstances() {
        registry.watch("demo.Greeter", heard::add);
        registry.flap("demo.Greeter", 3, ONE);
        assertThat(heard).extracting(snapshot -> snapshot.instances().size()).containsExactly(0, 1, 0, 1, 0, 1);
    }

    @Test
    void tellsAStaleSnapshotWithItsOldRevision() {
        registry.watch("demo.Greeter", heard::add);
        assertThatThrownBy(() -> registry.pushStale("demo.Greeter")).isInstanceOf(IllegalStateException.class);
        registry.push("demo.Greeter", ONE);
        registry.push("demo.Greeter", TWO);
        registry.pushStale("demo.Greeter");
        assertThat(heard.get(2)).isSameAs(heard.get(0));
    }

    @Test
    void hidesTheGoodInstanceAmongJunk() {
        registry.watch("demo.Greeter", heard::add);
        registry.pushJunk("demo.Greeter", ONE);
        assertThat(heard.get(0).instances()).hasSize(7).startsWith(ONE, ONE);
    }

    @Test
    void notesWhatIsRegisteredUntilItIsClosed() {
        Registration first = registry.register(ONE);
        registry.register(ONE);
        first.close();
        first.close();
        assertThat(registry.registered()).containsExactly(ONE);
        registry.close();
        assertThat(registry.registered()).isEmpty();
    }

    @Test
    void forgetsAClosedWatch() {
        Registration watch = registry.watch("demo.Greeter", heard::add);
        assertThat(registry.watches()).isEqualTo(1);
        watch.close();
        registry.push("demo.Greeter", ONE);
        assertThat(heard).isEmpty();
        assertThat(registry.watches()).isZero();
    }
}
