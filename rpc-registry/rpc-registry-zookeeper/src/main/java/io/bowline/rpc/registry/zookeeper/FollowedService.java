package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Snapshot;
import io.bowline.rpc.discovery.SnapshotFeed;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One service: the applications that offer it, and through them its instances. Nothing is told before everything has
 * been read once. Confined to the registry's thread, but for {@link #watch} and {@link #watched}.
 */
final class FollowedService implements Followed.Reader {
    private final String name;
    private final Followed children;
    private final Followers followers;
    private final SnapshotFeed feed;
    private final Map<String, FollowedApplication> applications = new HashMap<>();

    private boolean answered;

    FollowedService(Session session, Layout layout, String name, Followers followers) {
        this.name = name;
        this.followers = followers;
        this.children = new Followed(session, layout.service(name), this);
        this.feed = new SnapshotFeed(name);
    }

    String name() {
        return name;
    }

    Registration watch(Consumer<Snapshot> watcher) {
        return feed.watch(watcher);
    }

    boolean watched() {
        return feed.watched();
    }

    void read() {
        children.read();
    }

    @Override
    public void changed() {
        if (watched()) {
            children.read();
        } else {
            followers.forget(this);
        }
    }

    @Override
    public void children(Set<String> names) {
        answered = true;
        applications.entrySet().removeIf(entry -> {
            boolean gone = !names.contains(entry.getKey());
            if (gone) {
                followers.leave(entry.getKey(), this);
            }
            return gone;
        });
        for (String application : names) {
            if (!applications.containsKey(application)) {
                applications.put(application, followers.join(application, this));
            }
        }
        tell();
    }

    /** Publishes, when all of it is known. */
    void tell() {
        if (answered && applications.values().stream().allMatch(FollowedApplication::complete)) {
            feed.publish(applications.values().stream()
                    .flatMap(application -> application.instances().stream())
                    .filter(instance -> instance.offers(name))
                    .toList());
        }
    }

    void end() {
        children.end();
        applications.keySet().forEach(application -> followers.leave(application, this));
        applications.clear();
        feed.close();
    }
}
