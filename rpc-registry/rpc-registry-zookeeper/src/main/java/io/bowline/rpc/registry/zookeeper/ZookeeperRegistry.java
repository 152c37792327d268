package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryStatus;
import io.bowline.rpc.discovery.RegistryUri;
import io.bowline.rpc.discovery.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A {@link Registry} in ZooKeeper. Instances are ephemeral nodes: a process that dies without goodbye disappears when its
 * session times out.
 *
 * <p>Connecting, registering and watching return at once, with a server or without; one daemon thread a registry does
 * the rest, see {@code docs/decisions/0040-zookeeper-layout.md}. Only {@link #close} waits, up to three seconds, so that
 * a process which ends after it leaves nothing behind.
 */
public final class ZookeeperRegistry implements Registry {
    private static final Duration GOODBYE = Duration.ofSeconds(3);
    private static final Duration NAMES = Duration.ofSeconds(3);

    private final ZookeeperOptions options;
    private final Layout layout;
    private final Session session;
    private final Followers followers;
    private final Set<Kept> kept = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What was last heard of, for messages while the registry is away. */
    private volatile List<String> names = List.of();

    private ZookeeperRegistry(ZookeeperOptions options) {
        this.options = options;
        this.layout = new Layout(options.namespace());
        this.session = new Session(options, new Connected());
        this.followers = new Followers(session, layout);
    }

    /** Begins to connect to the ensemble of a URI: {@code zookeeper://zk1:2181,zk2:2181/namespace}. */
    public static ZookeeperRegistry connect(String uri) {
        RegistryUri parsed = RegistryUri.parse(uri);
        if (!parsed.scheme().equals("zookeeper")) {
            throw parsed.invalid("another registry's URI (expected: zookeeper://host:port)");
        }
        return connect(ZookeeperOptions.of(parsed));
    }

    /** Begins to connect. */
    public static ZookeeperRegistry connect(ZookeeperOptions options) {
        ZookeeperRegistry registry = new ZookeeperRegistry(options);
        registry.session.open();
        return registry;
    }

    /**
     * Keeps an instance registered.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} when the instance cannot be written as text of 64 KiB, or an id
     *     or a name in it is too long
     */
    @Override
    public Registration register(Instance instance) {
        checkOpen();
        Kept[] itself = new Kept[1];
        try {
            itself[0] = new Kept(session, layout, instance, () -> kept.remove(itself[0]));
        } catch (IllegalArgumentException unusable) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "registry " + options + ": cannot register " + instance.address() + ": " + unusable.getMessage());
        }
        kept.add(itself[0]);
        session.execute(itself[0]::reconcile);
        return itself[0];
    }

    @Override
    public Registration watch(String service, Consumer<Snapshot> watcher) {
        checkOpen();
        return followers.watch(service, watcher);
    }

    private void checkOpen() {
        if (closed.get()) {
            throw RpcException.of(Code.CLOSED, "registry " + options + ": closed by its owner");
        }
    }

    /** What ZooKeeper says now; what it last said when it says nothing within three seconds. */
    @Override
    public CompletionStage<List<String>> services() {
        CompletableFuture<List<String>> asked = new CompletableFuture<>();
        if (session.reachable()) {
            session.execute(() -> new ServiceNames(session, layout, asked).ask());
        } else {
            asked.complete(names);
        }
        return asked.completeOnTimeout(names, NAMES.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(this::remember);
    }

    private List<String> remember(List<String> heard) {
        names = heard;
        return heard;
    }

    @Override
    public RegistryStatus status() {
        return new RegistryStatus(options.toString(), session.reachable(), session.lastAnswer());
    }

    Session session() {
        return session;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            session.execute(followers::close);
            session.close(GOODBYE);
        }
    }

    /** What is done on the registry's thread when the session has news. */
    private final class Connected implements Session.Listener {
        @Override
        public void connected() {
            kept.forEach(Kept::reconcile);
            followers.reread();
        }

        @Override
        public void check() {
            kept.forEach(Kept::check);
        }
    }
}
