package io.bowline.rpc.testkit;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryStatus;
import io.bowline.rpc.discovery.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Registry} driven by hand. It says of a service what the test pushes, on the thread that pushes, and nothing
 * by itself: until the first push a watch hears nothing, as from a registry that has not answered yet; after it, a new
 * watch hears the newest snapshot at once. What providers register is only noted: see {@link #registered()}.
 *
 * <p>Unlike a real registry it can also break the contract on purpose: {@link #pushStale}, {@link #pushJunk}.
 * Thread-safe; watchers are called under its lock, so one at a time and in order.
 */
public final class FakeRegistry implements Registry {
    private static final int LONG_TEXT = 20_000;

    private final Map<String, List<Snapshot>> told = new TreeMap<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final Map<Noted, Instance> registered = new LinkedHashMap<>();
    private boolean reachable = true;
    private @Nullable Instant lastAnswer;
    private long revision;

    /** Tells who offers a service from now on. While the registry is unreachable it is kept and told when it is back. */
    public synchronized void push(String service, List<Instance> instances) {
        Snapshot snapshot = new Snapshot(service, instances, ++revision, Instant.now());
        told.computeIfAbsent(service, first -> new ArrayList<>()).add(snapshot);
        tell(snapshot);
    }

    /** The same; with no instance at all it is the empty snapshot. */
    public void push(String service, Instance... instances) {
        push(service, List.of(instances));
    }

    /** The same, for instances of which only the address is known. */
    public void pushAddresses(String service, Address... addresses) {
        push(service, Arrays.stream(addresses).map(Instance::at).toList());
    }

    /** The same, later: when the timer, usually a {@link ManualTimer}, comes to it. */
    public void pushLate(Timer timer, Duration delay, String service, Instance... instances) {
        timer.schedule(delay, () -> push(service, instances));
    }

    /** Lets a service vanish and return, again and again; it ends with the instances. */
    public void flap(String service, int times, Instance... instances) {
        for (int i = 0; i < times; i++) {
            push(service);
            push(service, instances);
        }
    }

    /** Tells the snapshot before the newest once more, with its old revision: a consumer ignores it. */
    public synchronized void pushStale(String service) {
        List<Snapshot> history = told.getOrDefault(service, List.of());
        if (history.size() < 2) {
            throw new IllegalStateException(
                    service + ": " + history.size() + " snapshots pushed (expected: 2 or more)");
        }
        tell(history.get(history.size() - 2));
    }

    /**
     * Pushes the good instances among others that a registry may hold and nobody can use: the first one twice, one whose
     * host does not exist, one of another service, one that takes no calls, one with endless labels and one that speaks
     * no known serializer.
     */
    public void pushJunk(String service, Instance... good) {
        Address nowhere = new Address("nowhere.invalid", 1);
        ServiceName name = ServiceName.of(service);
        List<Instance> all = new ArrayList<>(List.of(good));
        all.addAll(all.subList(0, Math.min(1, all.size())));
        all.add(junk("no-host", nowhere, name, Set.of(), 100, Map.of()));
        all.add(junk("other-service", nowhere, ServiceName.of("junk.Other"), Set.of(), 100, Map.of()));
        all.add(junk("no-calls", nowhere, name, Set.of(), 0, Map.of()));
        String endless = "\u0000\n\uD83D".repeat(LONG_TEXT);
        all.add(junk("endless-labels", nowhere, name, Set.of(), Instance.MAX_WEIGHT, Map.of(endless, endless)));
        all.add(junk("no-serializer", nowhere, name, Set.of("../unknown"), 1, Map.of()));
        push(service, all);
    }

    private static Instance junk(
            String id,
            Address at,
            ServiceName offers,
            Set<String> serializers,
            int weight,
            Map<String, String> labels) {
        return new Instance("junk-" + id, "", at, List.of(offers), serializers, weight, labels);
    }

    /** From now on the registry does not answer: nobody hears anything, and the status says so. */
    public synchronized void unreachable() {
        reachable = false;
    }

    /** The registry is back: every watch hears the newest snapshot, if it has not heard it. */
    public synchronized void reachable() {
        reachable = true;
        registered.keySet().forEach(noted -> noted.established = true);
        told.values().forEach(history -> tell(history.get(history.size() - 1)));
    }

    /** What is registered now, in order; {@linkplain Registration#established established} once the registry was reachable. */
    public synchronized List<Instance> registered() {
        return List.copyOf(registered.values());
    }

    /** How many watches are open. */
    public int watches() {
        return watches.size();
    }

    private void tell(Snapshot snapshot) {
        if (reachable) {
            lastAnswer = Instant.now();
            watches.stream()
                    .filter(watch -> watch.service.equals(snapshot.service()))
                    .forEach(watch -> watch.hear(snapshot));
        }
    }

    @Override
    public Registration register(Instance instance) {
        Noted noted = new Noted();
        synchronized (this) {
            registered.put(noted, instance);
            noted.established = reachable;
        }
        return noted;
    }

    @Override
    public synchronized Registration watch(String service, Consumer<Snapshot> watcher) {
        Watch watch = new Watch(service, watcher);
        watches.add(watch);
        List<Snapshot> history = told.getOrDefault(service, List.of());
        if (reachable && !history.isEmpty()) {
            watch.hear(history.get(history.size() - 1));
        }
        return () -> watches.remove(watch);
    }

    @Override
    public synchronized CompletionStage<List<String>> services() {
        return CompletableFuture.completedStage(reachable ? List.copyOf(told.keySet()) : List.of());
    }

    @Override
    public synchronized RegistryStatus status() {
        return new RegistryStatus("fake://test", reachable, lastAnswer);
    }

    @Override
    public synchronized void close() {
        watches.clear();
        registered.clear();
    }

    private final class Noted implements Registration {
        private boolean established;

        @Override
        public boolean established() {
            synchronized (FakeRegistry.this) {
                return established;
            }
        }

        @Override
        public void close() {
            synchronized (FakeRegistry.this) {
                registered.remove(this);
            }
        }
    }

    /** One watcher and what it last heard, so that a return of the registry does not repeat it. */
    private static final class Watch {
        private final String service;
        private final Consumer<Snapshot> watcher;
        private long lastRevision;

        Watch(String service, Consumer<Snapshot> watcher) {
            this.service = service;
            this.watcher = watcher;
        }

        void hear(Snapshot snapshot) {
            if (snapshot.revision() != lastRevision) {
                lastRevision = snapshot.revision();
                watcher.accept(snapshot);
            }
        }
    }
}
