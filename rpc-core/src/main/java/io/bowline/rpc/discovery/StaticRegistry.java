package io.bowline.rpc.discovery;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A registry that knows a fixed list of instances and no server: direct addresses. Each watch hears one snapshot.
 * Registering is refused, since nobody would hear of it.
 */
public final class StaticRegistry implements Registry {
    private final List<Instance> instances;
    private final String description;

    private StaticRegistry(List<Instance> instances) {
        this.instances = instances;
        this.description = instances.stream()
                .map(instance -> instance.address().toString())
                .collect(Collectors.joining(",", "static://", ""));
    }

    /** Providers at these addresses, each asked for any service. */
    public static StaticRegistry of(Address... addresses) {
        return new StaticRegistry(
                Arrays.stream(addresses).distinct().map(Instance::at).toList());
    }

    /** These instances. */
    public static StaticRegistry of(Instance... instances) {
        return new StaticRegistry(List.of(instances));
    }

    @Override
    public Registration register(Instance instance) {
        throw RpcException.of(
                Code.INVALID_CONFIGURATION,
                "registry " + description + ": cannot register " + instance.address()
                        + ", its list is fixed; give the provider no registry, or one that providers share");
    }

    @Override
    public Registration watch(String service, Consumer<Snapshot> watcher) {
        SnapshotFeed feed = new SnapshotFeed(service);
        feed.publish(instances.stream().filter(known -> known.offers(service)).toList());
        return feed.watch(watcher);
    }

    @Override
    public CompletionStage<List<String>> services() {
        return CompletableFuture.completedFuture(names(instances));
    }

    static List<String> names(List<Instance> instances) {
        return instances.stream()
                .flatMap(known -> known.services().stream())
                .map(ServiceName::name)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public RegistryStatus status() {
        return new RegistryStatus(description, true, Instant.now());
    }

    /** Does nothing: there is nothing to remove. */
    @Override
    public void close() {}

    /** {@code static://host:port,host:port}. */
    public static final class Provider implements RegistryProvider {
        @Override
        public String scheme() {
            return "static";
        }

        @Override
        public Registry connect(RegistryUri uri) {
            uri.allow();
            if (!uri.path().isEmpty()) {
                throw uri.invalid("a path (expected: static://host:port,host:port)");
            }
            return of(uri.addresses(-1).toArray(Address[]::new));
        }
    }
}
