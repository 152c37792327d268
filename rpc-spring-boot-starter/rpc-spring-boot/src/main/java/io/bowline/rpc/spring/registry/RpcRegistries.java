package io.bowline.rpc.spring.registry;

import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryUri;
import java.util.ArrayList;
import java.util.List;

/** The registries of an application; its services are registered in all, and those of others are found in any. Immutable. */
public final class RpcRegistries implements AutoCloseable {
    private final List<Registry> all;
    private final boolean owned;

    private RpcRegistries(List<Registry> all, boolean owned) {
        this.all = List.copyOf(all);
        this.owned = owned;
    }

    /** Registries that belong to somebody else, who closes them. */
    public static RpcRegistries of(List<Registry> registries) {
        return new RpcRegistries(registries, false);
    }

    /** The registries of URIs, closed with this; without one, a registry of this process and this application alone. */
    public static RpcRegistries connect(List<String> uris) {
        List<Registry> opened = new ArrayList<>();
        try {
            uris.forEach(uri -> opened.add(RegistryUri.parse(uri).connect()));
        } catch (RuntimeException unusable) {
            opened.forEach(Registry::close);
            throw unusable;
        }
        return new RpcRegistries(uris.isEmpty() ? List.of(InMemoryRegistry.create()) : opened, true);
    }

    /** In their order. */
    public List<Registry> all() {
        return all;
    }

    /** Whether it knows this process alone. */
    public boolean inProcess() {
        return all.stream().allMatch(InMemoryRegistry.class::isInstance);
    }

    @Override
    public void close() {
        if (owned) {
            all.forEach(Registry::close);
        }
    }
}
