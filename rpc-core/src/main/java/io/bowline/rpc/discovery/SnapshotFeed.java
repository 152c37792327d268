package io.bowline.rpc.discovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watches of one service, for whoever writes a {@link Registry}: publish what the registry knows, from any thread
 * and as often as you like, and each watcher hears it as {@link Registry#watch} promises.
 *
 * <p>{@link #publish} and {@link #watch} never block and never run a watcher: watchers run on a few shared daemon
 * threads, none of which belongs to a feed. A watcher is busy with one snapshot at a time; what is published meanwhile
 * replaces what it has not seen yet, so a slow one skips to the newest. A list that says the same as the one before is
 * not told again. A watcher that comes later first hears the newest list. A watcher that throws is logged the first time, keeps
 * its watch, and does not touch the others.
 *
 * <p>A watcher that never returns holds one of the shared threads for good: watchers take a note and return.
 */
public final class SnapshotFeed {
    private static final Logger log = LoggerFactory.getLogger(SnapshotFeed.class);

    private final String service;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    // Guarded by this: the newest list, and its order among the lists. Watchers are never called under the lock.
    private @Nullable Snapshot newest;

    public SnapshotFeed(String service) {
        this.service = service;
    }

    /** The interface's name. */
    public String service() {
        return service;
    }

    /** Tells every watcher who offers the service now. Instances with the same id are told once: the last one. */
    public synchronized void publish(List<Instance> instances) {
        List<Instance> ordered = ordered(instances);
        if (newest != null && newest.instances().equals(ordered)) {
            return;
        }
        Snapshot snapshot = new Snapshot(service, ordered, newest == null ? 1 : newest.revision() + 1, Instant.now());
        newest = snapshot;
        for (Watch watch : watches) {
            watch.offer(snapshot);
        }
    }

    private static List<Instance> ordered(List<Instance> instances) {
        Map<String, Instance> byId = new TreeMap<>();
        for (Instance instance : instances) {
            byId.put(instance.id(), instance);
        }
        List<Instance> ordered = new ArrayList<>(byId.values());
        ordered.sort(
                Comparator.comparing((Instance instance) -> instance.address().toString())
                        .thenComparing(Instance::id));
        return ordered;
    }

    /** Adds a watcher, which first hears the newest list, if there was one. */
    public synchronized Registration watch(Consumer<Snapshot> watcher) {
        Watch watch = new Watch(watcher);
        watches.add(watch);
        if (newest != null) {
            watch.offer(newest);
        }
        return watch;
    }

    /** Whether anybody watches: if not, the registry may stop following the service. */
    public boolean watched() {
        return !watches.isEmpty();
    }

    /** Ends every watch. */
    public void close() {
        watches.forEach(Watch::close);
    }

    /** One watcher with room for one snapshot. */
    private final class Watch implements Registration, Runnable {
        private final Consumer<Snapshot> watcher;

        // Guarded by this watch.
        private @Nullable Snapshot next;
        private boolean busy;
        private boolean closed;

        // Only seen by the run that is under way; runs follow one another through the lock.
        private boolean complained;

        Watch(Consumer<Snapshot> watcher) {
            this.watcher = watcher;
        }

        synchronized void offer(Snapshot snapshot) {
            next = snapshot;
            if (!busy && !closed) {
                busy = true;
                DiscoveryThreads.shared().execute(this);
            }
        }

        @Override
        public void run() {
            Snapshot snapshot = take();
            if (snapshot == null) {
                return;
            }
            try {
                watcher.accept(snapshot);
            } catch (RuntimeException | Error thrown) {
                if (!complained) {
                    complained = true;
                    log.error("A watcher of {} failed; it stays, and further failures are not logged", service, thrown);
                }
            }
            again();
        }

        private synchronized @Nullable Snapshot take() {
            Snapshot snapshot = closed ? null : next;
            next = null;
            if (snapshot == null) {
                busy = false;
            }
            return snapshot;
        }

        /** Goes to the end of the queue, so that a watcher with much to hear lets the others have their turn. */
        private synchronized void again() {
            busy = next != null && !closed;
            if (busy) {
                DiscoveryThreads.shared().execute(this);
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            next = null;
            watches.remove(this);
        }
    }
}
