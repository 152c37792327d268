package io.bowline.rpc.discovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * not told again, and an instance that stays as it was is the same object in every list. A watcher that comes later first
 * hears the newest list. A watcher that throws is logged the first time, keeps its watch, and does not touch the others.
 *
 * <p>A watcher that never returns holds one of the shared threads for good: watchers take a note and return.
 */
public final class SnapshotFeed {
    private static final Logger log = LoggerFactory.getLogger(SnapshotFeed.class);

    private static final Comparator<Entry> ORDER = Comparator.comparing(
                    (Entry entry) -> entry.instance.address().host())
            .thenComparingInt(entry -> entry.instance.address().port())
            .thenComparing(entry -> entry.instance.id());

    private final String service;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    // Guarded by this: the newest list, and its order among the lists. Watchers are never called under the lock.
    private @Nullable Snapshot newest;
    private final List<Entry> known = new ArrayList<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private long round;

    /** An instance of the newest list, and the publication that last named it. */
    private static final class Entry {
        private Instance instance;
        private long round;

        Entry(Instance instance) {
            this.instance = instance;
        }
    }

    public SnapshotFeed(String service) {
        this.service = service;
    }

    /** The interface's name. */
    public String service() {
        return service;
    }

    /** Tells every watcher who offers the service now. Instances with the same id are told once: the last one. */
    public synchronized void publish(List<Instance> instances) {
        if (!take(instances) && newest != null) {
            return;
        }
        List<Instance> ordered = new ArrayList<>(known.size());
        known.forEach(entry -> ordered.add(entry.instance));
        Snapshot snapshot = new Snapshot(service, ordered, newest == null ? 1 : newest.revision() + 1, Instant.now());
        newest = snapshot;
        for (Watch watch : watches) {
            watch.offer(snapshot);
        }
    }

    /** Brings what is known to what the list says; whether that changed anything. */
    private boolean take(List<Instance> instances) {
        round++;
        List<Entry> added = new ArrayList<>();
        int named = 0;
        boolean changed = false;
        Instance[] all = instances.toArray(new Instance[0]);
        for (int i = all.length - 1; i >= 0; i--) {
            Entry entry = byId.get(all[i].id());
            if (entry != null && entry.round == round) {
                continue; // Of several with one id, the last one counts.
            }
            if (entry == null || !entry.instance.address().equals(all[i].address())) {
                entry = new Entry(all[i]);
                byId.put(all[i].id(), entry);
                added.add(entry);
            } else if (!entry.instance.equals(all[i])) {
                entry.instance = all[i];
                changed = true;
            }
            entry.round = round;
            named++;
        }
        boolean lost = named - added.size() < known.size();
        if (lost) {
            byId.values().removeIf(entry -> entry.round != round);
            known.removeIf(entry -> entry.round != round);
        }
        insert(added);
        return changed || lost || !added.isEmpty();
    }

    /** Puts new entries to their places in the order: a few one by one, many by sorting. */
    private void insert(List<Entry> added) {
        if (added.size() > known.size() / 8) {
            known.addAll(added);
            known.sort(ORDER);
        } else {
            added.forEach(entry -> known.add(~Collections.binarySearch(known, entry, ORDER), entry));
        }
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
