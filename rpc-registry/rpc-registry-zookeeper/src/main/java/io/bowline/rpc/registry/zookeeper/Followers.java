package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All that a registry follows: services that are watched, and the applications behind them, each once. What nobody
 * watches any more is dropped when it changes or the connection does, not before: its one watch on the server is spent
 * then, and many short watches cost the server nothing.
 *
 * <p>The services are guarded by this object's lock, since watches are made on any thread; all else is confined to the
 * registry's thread.
 */
final class Followers {
    private final Session session;
    private final Layout layout;
    private final Map<String, FollowedService> services = new HashMap<>();
    private final Map<String, FollowedApplication> applications = new HashMap<>();

    Followers(Session session, Layout layout) {
        this.session = session;
        this.layout = layout;
    }

    synchronized Registration watch(String name, Consumer<Snapshot> watcher) {
        FollowedService known = services.get(name);
        if (known != null) {
            return known.watch(watcher);
        }
        FollowedService fresh = new FollowedService(session, layout, name, this);
        services.put(name, fresh);
        Registration watch = fresh.watch(watcher);
        session.execute(fresh::read);
        return watch;
    }

    /** Reads everything again: there is a new connection. */
    void reread() {
        for (FollowedService service : snapshot()) {
            if (!forget(service)) {
                service.read();
            }
        }
        applications.values().forEach(FollowedApplication::read);
    }

    private synchronized List<FollowedService> snapshot() {
        return List.copyOf(services.values());
    }

    /** Drops a service unless somebody watches it. */
    boolean forget(FollowedService service) {
        synchronized (this) {
            if (service.watched()) {
                return false;
            }
            services.remove(service.name(), service);
        }
        service.end();
        return true;
    }

    FollowedApplication join(String application, FollowedService service) {
        FollowedApplication known = applications.get(application);
        if (known == null) {
            known = new FollowedApplication(session, layout, application, this);
            applications.put(application, known);
            known.read();
        }
        known.join(service);
        return known;
    }

    void leave(String application, FollowedService service) {
        FollowedApplication known = applications.get(application);
        if (known != null && !known.leave(service)) {
            applications.remove(application);
            known.end();
        }
    }

    void close() {
        snapshot().forEach(FollowedService::end);
    }
}
