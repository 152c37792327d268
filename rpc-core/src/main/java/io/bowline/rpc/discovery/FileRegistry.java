package io.bowline.rpc.discovery;

import io.bowline.rpc.Code;
import io.bowline.rpc.FollowedFile;
import io.bowline.rpc.RpcException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that is a text file which somebody else writes: an operator, a deployment tool, a mounted config map.
 * Looked at every second, on one daemon thread.
 *
 * <pre>
 * # service or *   where          what else is known
 * demo.Orders      10.0.0.7:9000  version=1.2 group=blue weight=50 tag=canary label.zone=eu-1
 * demo.Prices      10.0.0.7:9000  tag=canary weight=50 label.zone=eu-1
 * *                10.0.0.8:9000
 * </pre>
 *
 * <p>Words are divided by blanks; {@code *} offers any service. Keys: {@code version}, {@code group}, {@code weight},
 * {@code tag} (short for {@code label.tag}), {@code label.<name>}, {@code application}, {@code serializers} (divided by
 * commas) and {@code id} (else the address); {@code %20} writes a blank within a value. Lines with one id describe one
 * instance: their services add up and the rest must agree.
 *
 * <p>A bad line is logged once, with file and line, and skipped; the others stand. While the file is missing, unreadable
 * or larger than 1 MiB, what it last said stands. Replace it by a move: half a file is read as half a list.
 *
 * <p>Registering is refused: the file belongs to whoever writes it.
 */
public final class FileRegistry implements Registry {
    private static final Logger log = LoggerFactory.getLogger(FileRegistry.class);

    private final FollowedFile file;

    // Guarded by this.
    private final Map<String, SnapshotFeed> feeds = new LinkedHashMap<>();
    private @Nullable List<Instance> known;
    private @Nullable Instant lastAnswer;
    private boolean reachable;

    // Only the file's thread.
    private List<String> complaints = List.of();
    private boolean wasRead;

    private FileRegistry(Path path) {
        file = new FollowedFile(path, new FollowedFile.Follower() {
            @Override
            public void read(String text) {
                take(RegistryFile.parse(text));
            }

            @Override
            public void looked(@Nullable Exception failed) {
                answered(failed);
            }
        });
    }

    /** Follows a file, which may appear later. */
    public static FileRegistry watching(Path path) {
        FileRegistry registry = new FileRegistry(path);
        registry.file.start("bowline-file-registry");
        return registry;
    }

    @Override
    public Registration register(Instance instance) {
        throw RpcException.of(
                Code.INVALID_CONFIGURATION,
                "registry " + description() + ": cannot register " + instance.address()
                        + ", the file is only read; write the line there, and give the provider no registry");
    }

    @Override
    public synchronized Registration watch(String service, Consumer<Snapshot> watcher) {
        SnapshotFeed feed = feeds.computeIfAbsent(service, SnapshotFeed::new);
        Registration watch = feed.watch(watcher);
        tell(feed);
        return watch;
    }

    private void tell(SnapshotFeed feed) {
        if (known != null) {
            feed.publish(known.stream()
                    .filter(instance -> instance.offers(feed.service()))
                    .toList());
        }
    }

    @Override
    public synchronized CompletionStage<List<String>> services() {
        return CompletableFuture.completedFuture(known == null ? List.of() : StaticRegistry.names(known));
    }

    @Override
    public synchronized RegistryStatus status() {
        return new RegistryStatus(description(), reachable, lastAnswer);
    }

    private String description() {
        return "file://" + file.path();
    }

    /** Ends the watches and the thread. */
    @Override
    public void close() {
        file.close();
        synchronized (this) {
            feeds.values().forEach(SnapshotFeed::close);
            feeds.clear();
        }
    }

    private void take(RegistryFile content) {
        List<String> fresh = new ArrayList<>(content.problems());
        fresh.removeAll(complaints);
        complaints = content.problems();
        fresh.forEach(problem -> log.warn("{}:{}; the line is skipped", file.path(), problem));
        synchronized (this) {
            known = content.instances();
            feeds.values().removeIf(feed -> !feed.watched());
            feeds.values().forEach(this::tell);
        }
    }

    /** Notes whether the file could be read, and logs when that turns good; the first time counts as a change. */
    private void answered(@Nullable Exception failed) {
        int instances;
        synchronized (this) {
            reachable = failed == null;
            lastAnswer = failed == null ? Instant.now() : lastAnswer;
            instances = known == null ? 0 : known.size();
        }
        if (failed == null && !wasRead) {
            log.info("{} is read: {} instances", file.path(), instances);
        }
        wasRead = failed == null;
    }

    /** {@code file:///absolute/path}. */
    public static final class Provider implements RegistryProvider {
        @Override
        public String scheme() {
            return "file";
        }

        @Override
        public Registry connect(RegistryUri uri) {
            uri.allow();
            if (!uri.hosts().isEmpty() || uri.path().isEmpty()) {
                throw uri.invalid("no absolute path (expected: file:///etc/providers.txt)");
            }
            try {
                Path bare = Path.of(uri.path());
                return watching(bare.isAbsolute() ? bare : Path.of("/" + uri.path()));
            } catch (InvalidPathException malformed) {
                throw uri.invalid(malformed.getReason());
            }
        }
    }
}
