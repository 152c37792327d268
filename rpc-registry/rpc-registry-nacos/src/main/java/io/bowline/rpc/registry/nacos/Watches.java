package io.bowline.rpc.registry.nacos;

import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.listener.EventListener;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Snapshot;
import io.bowline.rpc.discovery.SnapshotFeed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watched services, and the work of following them. Users come from any thread to {@link #watch} and {@link #close};
 * all else is done by one thread.
 *
 * <p>What Nacos pushes is taken as a hint only: the newest list is then read from the client's memory. So the order in
 * which hints arrive does not matter, and a lost one is made up for by the next.
 *
 * <p><b>An empty list after an outage.</b> A restarted Nacos has forgotten all ephemeral instances. It hands out empty and
 * partial lists, as pushes like any other, until the providers have come back by themselves, which takes them up to 9
 * seconds (5 between two attempts to connect, 3 between two rounds of registering again). The client's own remedy, {@code
 * namingPushEmptyProtection}, drops every list without a healthy instance, for good: then a service whose last provider
 * really leaves seems to have it for ever. So it is off, and instead a list that lost an instance is held back here while
 * a registry that was away settles; growth is told at once.
 */
final class Watches {
    private static final Logger log = LoggerFactory.getLogger(NacosRegistry.class);

    private static final long COMPLAINT_NANOS = 60_000_000_000L;

    private final String group;
    private final Consumer<Watched> hint;

    // Guarded by this.
    private final Map<String, Watched> byService = new LinkedHashMap<>();

    /** @param hint told, on a thread of Nacos' client, that a service's list may have changed */
    Watches(String group, Consumer<Watched> hint) {
        this.group = group;
        this.hint = hint;
    }

    synchronized Registration watch(String service, Consumer<Snapshot> watcher) {
        return byService
                .computeIfAbsent(service, name -> new Watched(name, hint))
                .feed
                .watch(watcher);
    }

    private synchronized List<Watched> all() {
        return List.copyOf(byService.values());
    }

    private synchronized boolean drop(Watched watched) {
        return !watched.feed.watched() && byService.remove(watched.feed.service(), watched);
    }

    /** No watcher hears anything more. */
    synchronized void close() {
        byService.values().forEach(watched -> watched.feed.close());
    }

    /** Follows what is watched, leaves what is not, and tells what is new. */
    void settle(NamingService naming, boolean holdLosses) throws NacosException {
        for (Watched watched : all()) {
            settle(naming, watched, holdLosses);
        }
    }

    void settle(NamingService naming, Watched watched, boolean holdLosses) throws NacosException {
        if (drop(watched)) {
            if (watched.followed) {
                naming.unsubscribe(watched.feed.service(), group, watched.listener);
            }
            return;
        }
        if (!watched.followed) {
            naming.subscribe(watched.feed.service(), group, watched.listener);
            watched.followed = true;
        }
        List<Instance> now = read(watched, naming.getAllInstances(watched.feed.service(), group, true));
        if (holdLosses && watched.loses(now)) {
            return;
        }
        watched.told = now;
        watched.feed.publish(now);
    }

    private static List<Instance> read(Watched watched, List<com.alibaba.nacos.api.naming.pojo.Instance> entries) {
        List<Instance> instances = new ArrayList<>(entries.size());
        String problem = null;
        int unreadable = 0;
        for (com.alibaba.nacos.api.naming.pojo.Instance entry : entries) {
            try {
                if (InstanceEntry.inService(entry)) {
                    instances.add(InstanceEntry.read(entry, watched.feed.service()));
                }
            } catch (IllegalArgumentException unusable) {
                problem = unusable.getMessage();
                unreadable++;
            }
        }
        watched.complain(unreadable, entries.size(), problem);
        return instances;
    }

    /** One service. */
    static final class Watched {
        private final SnapshotFeed feed;
        private final EventListener listener;

        private boolean followed;
        private List<Instance> told = List.of();
        private boolean complained;
        private long complainedAt;

        private Watched(String service, Consumer<Watched> hint) {
            this.feed = new SnapshotFeed(service);
            this.listener = event -> hint.accept(this);
        }

        private boolean loses(List<Instance> now) {
            Set<String> ids = now.stream().map(Instance::id).collect(Collectors.toCollection(HashSet::new));
            return told.stream().anyMatch(known -> !ids.contains(known.id()));
        }

        private void complain(int unreadable, int all, @Nullable String problem) {
            boolean due = !complained || System.nanoTime() - complainedAt > COMPLAINT_NANOS;
            if (unreadable > 0 && due) {
                complained = true;
                complainedAt = System.nanoTime();
                log.warn("Skipped {} of {} entries of {} in Nacos: {}", unreadable, all, feed.service(), problem);
            }
        }
    }
}
