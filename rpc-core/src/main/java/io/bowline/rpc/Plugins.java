package io.bowline.rpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Implementations found on the class path by name, for the edges of the framework only: properties and registry URIs.
 * Code passes objects.
 *
 * @param <T> the kind of plugin, an interface known to {@link ServiceLoader}
 */
public final class Plugins<T> {
    private final Class<T> kind;
    private final Map<String, T> byName;

    private Plugins(Class<T> kind, Map<String, T> byName) {
        this.kind = kind;
        this.byName = byName;
    }

    /**
     * Loads every implementation of a kind. Two that bear one name, or one that cannot be loaded, fail with {@code
     * INVALID_CONFIGURATION}.
     */
    public static <T> Plugins<T> load(Class<T> kind, Function<T, String> name) {
        Map<String, T> byName = new LinkedHashMap<>();
        try {
            for (T plugin : ServiceLoader.load(kind, Plugins.class.getClassLoader())) {
                T twin = byName.putIfAbsent(name.apply(plugin), plugin);
                if (twin != null) {
                    throw RpcException.of(
                            Code.INVALID_CONFIGURATION,
                            "two plugins of kind " + kind.getSimpleName() + " are named '" + name.apply(plugin) + "': "
                                    + twin.getClass().getName() + " and "
                                    + plugin.getClass().getName() + "; remove one from the class path");
                }
            }
        } catch (ServiceConfigurationError broken) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION, "a plugin cannot be loaded: " + broken.getMessage(), broken);
        }
        return new Plugins<>(kind, byName);
    }

    /** The plugin of a name; fails with {@code INVALID_CONFIGURATION}, the known names and the nearest one. */
    public T named(String name) {
        T plugin = byName.get(name);
        if (plugin == null) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "no " + kind.getSimpleName() + " is named '" + name + "'; " + Suggestions.of(name, byName.keySet())
                            + " (is its module on the class path?)");
        }
        return plugin;
    }

    /** The one plugin of this kind; fails with {@code INVALID_CONFIGURATION} when there is none or a choice. */
    public T only() {
        if (byName.size() != 1) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    byName.isEmpty()
                            ? "no " + kind.getSimpleName() + " on the class path (expected: one, of a rpc-* module)"
                            : "several of kind " + kind.getSimpleName() + " on the class path: " + byName.keySet()
                                    + "; name one in the builder");
        }
        return byName.values().iterator().next();
    }

    /** All plugins of this kind, in the order of the class path. */
    public List<T> all() {
        return List.copyOf(byName.values());
    }
}
