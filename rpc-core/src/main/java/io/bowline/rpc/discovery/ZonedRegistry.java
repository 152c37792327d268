package io.bowline.rpc.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Another registry, of which it is known in which zone its instances are; see {@link Registry#inZone}. */
final class ZonedRegistry implements Registry {
    private static final String LABEL = "zone";

    private final String zone;
    private final Registry registry;

    ZonedRegistry(String zone, Registry registry) {
        this.zone = zone;
        this.registry = registry;
    }

    @Override
    public Registration register(Instance instance) {
        return registry.register(labelled(instance));
    }

    @Override
    public Registration watch(String service, Consumer<Snapshot> watcher) {
        return registry.watch(service, new Labelling(watcher));
    }

    @Override
    public CompletionStage<List<String>> services() {
        return registry.services();
    }

    @Override
    public RegistryStatus status() {
        return registry.status();
    }

    @Override
    public void close() {
        registry.close();
    }

    private Instance labelled(Instance instance) {
        if (instance.labels().containsKey(LABEL)) {
            return instance;
        }
        Map<String, String> labels = new HashMap<>(instance.labels());
        labels.put(LABEL, zone);
        return new Instance(
                instance.id(),
                instance.application(),
                instance.address(),
                instance.services(),
                instance.serializers(),
                instance.weight(),
                labels);
    }

    /** Snapshots of one watch, which come one at a time: what did not change keeps its object, as they promise. */
    private final class Labelling implements Consumer<Snapshot> {
        private final Consumer<Snapshot> watcher;
        private IdentityHashMap<Instance, Instance> known = new IdentityHashMap<>();

        Labelling(Consumer<Snapshot> watcher) {
            this.watcher = watcher;
        }

        @Override
        public void accept(Snapshot told) {
            IdentityHashMap<Instance, Instance> now = new IdentityHashMap<>();
            List<Instance> instances = new ArrayList<>(told.instances().size());
            for (Instance instance : told.instances()) {
                Instance before = known.get(instance);
                Instance labelled = before == null ? labelled(instance) : before;
                now.put(instance, labelled);
                instances.add(labelled);
            }
            known = now;
            watcher.accept(new Snapshot(told.service(), instances, told.revision(), told.at()));
        }
    }
}
