package io.bowline.benchmark.micro;

import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryStatus;
import io.bowline.rpc.discovery.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Tells its one watcher what it is told, on the thread that tells it. */
final class HandRegistry implements Registry {
    private final List<Instance> first;
    private Consumer<Snapshot> watcher = snapshot -> {};
    private long revision;

    /** @param first what a watcher hears at once */
    HandRegistry(List<Instance> first) {
        this.first = first;
    }

    void push(List<Instance> instances) {
        watcher.accept(new Snapshot("", instances, ++revision, Instant.EPOCH));
    }

    @Override
    public Registration watch(String service, Consumer<Snapshot> watcher) {
        this.watcher = watcher;
        push(first);
        return () -> {};
    }

    @Override
    public Registration register(Instance instance) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<String>> services() {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public RegistryStatus status() {
        return new RegistryStatus("hand://", true, Instant.EPOCH);
    }

    @Override
    public void close() {}
}
