package io.bowline.rpc.wire;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The set of types that one contract may put on the wire: everything reachable from its declared signatures, and what
 * was registered. It is the one gate for every codec: nothing is created, loaded or initialised by a name that is not
 * in it.
 */
public final class TypeGraph {
    private final Map<String, Class<?>> byName;

    private TypeGraph(Map<String, Class<?>> byName) {
        this.byName = byName;
    }

    /**
     * Follows signatures to everything that they reach.
     *
     * @param roots a readable place ({@code Greeter.quote(Item)}) and the type declared there
     * @param registered subtypes that may stand where an open type is declared
     * @throws io.bowline.rpc.RpcException {@code NOT_SERIALIZABLE}, naming the path, for a type that no codec can carry
     */
    public static TypeGraph of(Map<String, ? extends Collection<? extends Type>> roots, Set<Class<?>> registered) {
        return new TypeGraph(Map.of());
    }

    /** The class of an exact name, or null when the contract does not hold it. Loads nothing. */
    public @Nullable Class<?> find(String name) {
        return byName.get(name);
    }

    /** All classes of the contract. */
    public Set<Class<?>> types() {
        return Set.copyOf(byName.values());
    }

    /** Whether values of exactly this class may travel. */
    public boolean contains(Class<?> type) {
        return byName.get(type.getName()) == type;
    }
}
