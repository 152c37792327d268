package io.bowline.rpc.discovery;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A registry within this process, for tests and for applications that are their own provider. Pass one object to both
 * sides, or let both say {@link #named}: each call gives an own handle to the same directory, and closing a handle
 * removes what was registered through it and nothing else.
 */
public final class InMemoryRegistry implements Registry {
    private static final Map<String, Directory> named = new ConcurrentHashMap<>();

    private final String name;
    private final Directory directory;

    // Guarded by itself.
    private final Set<Registration> open = new HashSet<>();
    private boolean closed;

    private InMemoryRegistry(String name, Directory directory) {
        this.name = name;
        this.directory = directory;
    }

    /** A registry with a directory of its own. */
    public static InMemoryRegistry create() {
        return new InMemoryRegistry("", new Directory());
    }

    /** A handle to the directory that has this name throughout the process; the first call makes it. */
    public static InMemoryRegistry named(String name) {
        return new InMemoryRegistry(name, named.computeIfAbsent(name, fresh -> new Directory()));
    }

    /** Another handle to the same directory. */
    public InMemoryRegistry another() {
        return new InMemoryRegistry(name, directory);
    }

    @Override
    public Registration register(Instance instance) {
        return keep(directory.add(instance));
    }

    @Override
    public Registration watch(String service, Consumer<Snapshot> watcher) {
        return keep(directory.watch(service, watcher));
    }

    private Registration keep(Registration registration) {
        synchronized (open) {
            if (!closed) {
                open.add(registration);
                return () -> {
                    synchronized (open) {
                        open.remove(registration);
                    }
                    registration.close();
                };
            }
        }
        registration.close();
        throw RpcException.of(Code.CLOSED, "registry memory://" + name + ": closed by its owner");
    }

    @Override
    public CompletionStage<List<String>> services() {
        return CompletableFuture.completedFuture(directory.services());
    }

    @Override
    public RegistryStatus status() {
        return new RegistryStatus("memory://" + name, true, Instant.now());
    }

    @Override
    public void close() {
        List<Registration> left;
        synchronized (open) {
            closed = true;
            left = new ArrayList<>(open);
            open.clear();
        }
        left.forEach(Registration::close);
    }

    /** What all handles share. Its methods hold its lock; watchers run elsewhere. */
    private static final class Directory {
        private final Map<Object, Instance> instances = new LinkedHashMap<>();
        private final Map<String, SnapshotFeed> feeds = new LinkedHashMap<>();

        synchronized Registration add(Instance instance) {
            Object key = new Object();
            instances.put(key, instance);
            tell();
            return () -> remove(key);
        }

        private synchronized void remove(Object key) {
            if (instances.remove(key) != null) {
                tell();
            }
        }

        private void tell() {
            feeds.values().removeIf(feed -> !feed.watched());
            feeds.values().forEach(this::tell);
        }

        private void tell(SnapshotFeed feed) {
            feed.publish(instances.values().stream()
                    .filter(known -> known.offers(feed.service()))
                    .toList());
        }

        synchronized Registration watch(String service, Consumer<Snapshot> watcher) {
            SnapshotFeed feed = feeds.computeIfAbsent(service, SnapshotFeed::new);
            tell(feed);
            return feed.watch(watcher);
        }

        synchronized List<String> services() {
            return StaticRegistry.names(new ArrayList<>(instances.values()));
        }
    }

    /** {@code memory://name}. */
    public static final class Provider implements RegistryProvider {
        @Override
        public String scheme() {
            return "memory";
        }

        @Override
        public Registry connect(RegistryUri uri) {
            uri.allow();
            if (uri.hosts().size() != 1 || !uri.path().isEmpty()) {
                throw uri.invalid("no single name (expected: memory://name)");
            }
            return named(uri.hosts().get(0));
        }
    }
}
