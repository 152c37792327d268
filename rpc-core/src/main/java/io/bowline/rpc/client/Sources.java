package io.bowline.rpc.client;

import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The registries of a directory, and what they say of its service, as one. Guarded by the directory. */
final class Sources {
    private final ServiceName service;
    private final List<Source> all = new ArrayList<>();

    Sources(ServiceName service) {
        this.service = service;
    }

    /** From now on these are asked. */
    List<Source> add(List<Registry> registries) {
        registries.forEach(registry -> all.add(new Source(registry)));
        return all();
    }

    List<Source> all() {
        return List.copyOf(all);
    }

    /** The instance of an id, if it offers the service; where several registries know it, the word of the first stands. */
    @Nullable
    Instance find(String id) {
        for (Source source : all) {
            Instance instance = source.find(id);
            if (instance != null && instance.offers(service)) {
                return instance;
            }
        }
        return null;
    }

    /** Whether one of them has not been asked, or has not answered, so far. */
    boolean pending() {
        return all.isEmpty() || all.stream().anyMatch(source -> source.said == null);
    }

    void close() {
        all.stream().map(source -> source.watch).filter(Objects::nonNull).forEach(Registration::close);
    }
}
