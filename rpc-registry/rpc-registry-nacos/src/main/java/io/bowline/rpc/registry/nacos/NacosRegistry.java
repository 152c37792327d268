package io.bowline.rpc.registry.nacos;

import com.alibaba.nacos.api.exception.NacosException;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryProvider;
import io.bowline.rpc.discovery.RegistryStatus;
import io.bowline.rpc.discovery.RegistryUri;
import io.bowline.rpc.discovery.Snapshot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Discovery through Nacos, servers of version 2 and 3. Each interface is a Nacos service of its own in our group, with one
 * ephemeral instance a provider, so that Nacos' console shows who offers what; an instance that is disabled or unhealthy
 * there is not told to watchers, and a weight changed there is.
 *
 * <p>An instance that a watcher hears of names only what it offers of the watched interface: {@link Instance#services}
 * holds its versions and groups, and no other interface.
 *
 * <p>Nacos holds one instance for an address, interface and group.
 *
 * <p>One daemon thread a registry talks to Nacos; no method waits for it but {@link #close}, which gives Nacos up to
 * three seconds to hear that the registrations end, if it answered of late.
 */
public final class NacosRegistry implements Registry {
    private static final long GOODBYE_SECONDS = 3;
    private static final long ANSWER_SECONDS = 10;

    /** As Nacos' servers check it. */
    private static final Pattern SERVICE = Pattern.compile("(?!@)(?:(?!@@)[^\\u4E00-\\u9FA5\\s]){1,512}");

    private final NacosOptions options;
    private final Offers offers;
    private final Watches watches;
    private final ScheduledThreadPoolExecutor desk;
    private final Link link;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What is registered through this handle, whether Nacos knows it or not. */
    private final Set<Offered> promised = ConcurrentHashMap.newKeySet();

    private NacosRegistry(NacosOptions options) {
        this.options = options;
        this.desk = desk();
        this.offers = new Offers(options.group());
        this.watches = new Watches(options.group(), this::hinted);
        this.link = new Link(options, offers, watches, desk);
        desk.execute(link::run);
    }

    private static ScheduledThreadPoolExecutor desk() {
        ScheduledThreadPoolExecutor desk = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bowline-nacos");
            thread.setDaemon(true);
            return thread;
        });
        desk.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        desk.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return desk;
    }

    /**
     * A registry at a URI; see {@link NacosOptions} for its form. Does not wait for the server.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} when the URI cannot be used
     */
    public static NacosRegistry connect(String uri) {
        return connect(RegistryUri.parse(uri));
    }

    private static NacosRegistry connect(RegistryUri uri) {
        if (!uri.scheme().equals(Provider.SCHEME)) {
            throw uri.invalid("not a Nacos registry (expected: nacos://host:8848)");
        }
        return connect(NacosOptions.of(uri));
    }

    /** A registry as the options describe it. Does not wait for the server. */
    public static NacosRegistry connect(NacosOptions options) {
        return new NacosRegistry(options);
    }

    private void hinted(Watches.Watched watched) {
        desk.execute(() -> link.look(watched));
    }

    /** @throws RpcException {@code INVALID_CONFIGURATION} when Nacos cannot hold the instance, {@code CLOSED} after close */
    @Override
    public Registration register(Instance instance) {
        checkOpen();
        List<Offered> offered = offered(instance);
        checkRoom(instance, offered);
        promised.addAll(offered);
        desk.execute(() -> {
            offered.forEach(offers::add);
            link.settleSoon();
        });
        return new NacosRegistration(offered, () -> {
            offered.forEach(promised::remove);
            desk.execute(() -> {
                offered.forEach(offers::remove);
                link.settleSoon();
            });
        });
    }

    private List<Offered> offered(Instance instance) {
        Map<String, Set<ServiceName>> interfaces = new LinkedHashMap<>();
        for (ServiceName service : instance.services()) {
            interfaces
                    .computeIfAbsent(checkName(service.name()), first -> new HashSet<>())
                    .add(service);
        }
        return interfaces.entrySet().stream()
                .map(each -> new Offered(
                        each.getKey(),
                        InstanceEntry.write(instance, each.getKey(), options.cluster()),
                        each.getValue()))
                .toList();
    }

    /** Of two that exclude each other Nacos would keep one, and nobody would hear of the other's services. */
    private void checkRoom(Instance instance, List<Offered> offered) {
        for (Offered each : offered) {
            if (promised.stream().anyMatch(each::excludes)) {
                throw RpcException.of(
                        Code.INVALID_CONFIGURATION,
                        "registry " + options + ": cannot register " + instance.address() + " apart for " + each.names
                                + ", since Nacos holds one instance for an address and interface, and has one with other"
                                + " versions (expected: one weight and the same labels for all versions of an"
                                + " interface, or an address for each)");
            }
        }
    }

    @Override
    public Registration watch(String service, Consumer<Snapshot> watcher) {
        checkOpen();
        Registration watch = watches.watch(checkName(service), watcher);
        desk.execute(link::settleSoon);
        return () -> {
            watch.close();
            desk.execute(link::settleSoon);
        };
    }

    private static String checkName(String service) {
        if (!SERVICE.matcher(service).matches()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "service '" + service
                            + "' cannot be named so in Nacos (expected: at most 512 characters, no blanks,"
                            + " no @@, no @ at the start, no Chinese characters)");
        }
        return service;
    }

    private void checkOpen() {
        if (closed.get()) {
            throw closed();
        }
    }

    private RpcException closed() {
        return RpcException.of(Code.CLOSED, "registry " + options + ": closed by its owner");
    }

    /** The names in our group that Nacos knows, those without a provider included for about a minute. */
    @Override
    public CompletionStage<List<String>> services() {
        CompletableFuture<List<String>> names = new CompletableFuture<>();
        desk.execute(() -> {
            try {
                names.complete(link.services());
            } catch (NacosException | RuntimeException failed) {
                names.completeExceptionally(unreachable(failed));
            }
        });
        if (closed.get()) {
            names.completeExceptionally(closed());
        }
        return names.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).handle((found, failed) -> {
            if (failed == null) {
                return found;
            }
            throw failed instanceof TimeoutException ? unreachable(failed) : RpcException.from(failed);
        });
    }

    private RpcException unreachable(Throwable failed) {
        return RpcException.of(
                Code.REGISTRY_UNREACHABLE,
                "registry " + options + ": does not answer, and cannot name services",
                failed);
    }

    @Override
    public RegistryStatus status() {
        return link.status();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        watches.close();
        Future<?> end = desk.submit(link::end);
        desk.shutdown();
        if (!link.status().reachable()) {
            return;
        }
        try {
            end.get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException unheard) {
            // Its instances leave Nacos with the connection: now, or when this process ends.
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code nacos://host:8848?namespace=…}. */
    public static final class Provider implements RegistryProvider {
        private static final String SCHEME = "nacos";

        @Override
        public String scheme() {
            return SCHEME;
        }

        @Override
        public Registry connect(RegistryUri uri) {
            return NacosRegistry.connect(uri);
        }
    }
}
