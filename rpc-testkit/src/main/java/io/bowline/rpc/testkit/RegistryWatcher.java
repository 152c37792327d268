package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A watcher that keeps what it hears and notes every breach of the rules of watching. Thread-safe. */
public final class RegistryWatcher implements Consumer<Snapshot> {
    private final List<Snapshot> heard = new CopyOnWriteArrayList<>();
    private final List<String> breaches = new CopyOnWriteArrayList<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    @Override
    public void accept(Snapshot snapshot) {
        if (!busy.compareAndSet(false, true)) {
            breaches.add("two snapshots at one time");
        }
        if (!heard.isEmpty()
                && snapshot.revision() <= heard.get(heard.size() - 1).revision()) {
            breaches.add("revision " + snapshot.revision() + " after "
                    + heard.get(heard.size() - 1).revision());
        }
        heard.add(snapshot);
        busy.set(false);
    }

    /** All snapshots so far, oldest first. */
    public List<Snapshot> heard() {
        return List.copyOf(heard);
    }

    /** The instances of the newest snapshot; fails while there is none. */
    public List<Instance> instances() {
        assertThat(heard).as("snapshots heard").isNotEmpty();
        return heard.get(heard.size() - 1).instances();
    }

    /** The ids in the newest snapshot; fails while there is none. */
    public Set<String> ids() {
        return instances().stream().map(Instance::id).collect(Collectors.toSet());
    }

    /** Fails when a snapshot came out of order or beside another. */
    public void assertInOrder() {
        assertThat(breaches).as("breaches of the rules of watching").isEmpty();
    }
}
