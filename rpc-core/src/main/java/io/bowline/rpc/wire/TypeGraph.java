package io.bowline.rpc.wire;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The set of types that one contract may put on the wire: everything reachable from its declared signatures, what was
 * registered, and the JDK's values and usual containers. It is the one gate for every codec: nothing is created, loaded
 * or initialised by a name that is not in it.
 *
 * <p>Immutable. Building it initialises no class; asking it loads none. Enum constants with bodies travel as their enum;
 * only that is held here.
 */
public final class TypeGraph {
    private static final TypeGraph VALUES = new TypeGraph(Map.of());
    private static final TypeGraph PLAIN = new TypeGraph(Map.of());

    private final Map<String, Class<?>> byName;

    private TypeGraph(Map<String, Class<?>> byName) {
        this.byName = byName;
    }

    /**
     * Follows signatures to everything that they reach.
     *
     * @param roots a readable place ({@code Greeter.quote(Item) result}) and the types declared there
     * @param registered subtypes that may stand where an open type is declared
     * @throws io.bowline.rpc.RpcException {@code NOT_SERIALIZABLE}, naming the path, for a type that no codec can carry
     */
    public static TypeGraph of(Map<String, ? extends Collection<? extends Type>> roots, Set<Class<?>> registered) {
        TypeWalker walker = new TypeWalker(registered);
        roots.forEach((place, types) -> types.forEach(type -> walker.walk(place, type)));
        registered.forEach(type -> walker.walk("registered", type));
        return new TypeGraph(Map.copyOf(walker.found()));
    }

    /** The gate of calls without a contract: the JDK's values and usual containers, nothing of a user. */
    public static TypeGraph values() {
        return VALUES;
    }

    /**
     * The gate of generic calls, where one side knows no class: {@code Object} is a JSON-like value (null, a boolean, a
     * number, text, a list, a map with text as keys) that bears no class name in either direction.
     */
    public static TypeGraph plain() {
        return PLAIN;
    }

    /** Whether this is {@link #plain()}, so that no class name may be written. */
    public boolean isPlain() {
        return this == PLAIN;
    }

    /** The class of an exact name, or null when the contract does not hold it. Loads nothing. */
    public @Nullable Class<?> find(String name) {
        Class<?> found = byName.get(name);
        return found == null ? JdkTypes.find(name) : found;
    }

    /** All classes of the contract. */
    public Set<Class<?>> types() {
        return Set.copyOf(byName.values());
    }

    /** Whether values of exactly this class may travel. */
    public boolean contains(Class<?> type) {
        return find(type.getName()) == type;
    }

    /**
     * The concrete classes of the contract that may stand where a type is declared, itself included; the JDK's values
     * are not among them. Exceptions are, only where the declared type is one.
     */
    public List<Class<?>> subtypes(Class<?> declared) {
        boolean exceptions = Throwable.class.isAssignableFrom(declared);
        return byName.values().stream()
                .filter(declared::isAssignableFrom)
                .filter(type -> !type.isArray())
                .filter(type -> exceptions || !Throwable.class.isAssignableFrom(type))
                .toList();
    }
}
