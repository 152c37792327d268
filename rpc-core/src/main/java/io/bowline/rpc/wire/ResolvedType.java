package io.bowline.rpc.wire;

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A declared type with its type arguments known: what a codec is built for, and a key to keep it under.
 *
 * <p>A wildcard or a free type variable stands as its first bound; an array has its component as the one argument; a
 * raw use has no arguments.
 */
public record ResolvedType(Class<?> raw, List<ResolvedType> arguments) {
    private static final ResolvedType OBJECT = new ResolvedType(Object.class, List.of());

    public ResolvedType {
        arguments = List.copyOf(arguments);
    }

    /** A type as reflection shows it. */
    public static ResolvedType of(Type type) {
        return TypeResolution.resolve(type, Map.of());
    }

    /** A type as declared inside this one, with this one's arguments in place of its variables. */
    public ResolvedType resolve(Type declared) {
        return TypeResolution.resolve(declared, bindings());
    }

    /** A type argument; {@code Object} in a raw use. The component of an array is argument 0. */
    public ResolvedType argument(int index) {
        return index < arguments.size() ? arguments.get(index) : OBJECT;
    }

    /** The superclass with its arguments; null for {@code Object}, primitives and interfaces. */
    public @Nullable ResolvedType superclass() {
        Type declared = raw.getGenericSuperclass();
        return declared == null ? null : resolve(declared);
    }

    /** A subtype, with what this type's arguments say about its own: {@code Result<Item>} as {@code Ok} is {@code Ok<Item>}. */
    public ResolvedType as(Class<?> subtype) {
        return subtype == raw ? this : TypeResolution.subtype(this, subtype);
    }

    /** How values of this type are taken apart. */
    public Kind kind() {
        if (raw.isArray()) {
            return Kind.ARRAY;
        }
        if (raw.isPrimitive() || JdkTypes.owns(raw)) {
            return JdkTypes.kind(raw);
        }
        if (raw.isEnum()) {
            return Kind.ENUM;
        }
        if (Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw) || raw.isAnnotation()) {
            return Kind.FOREIGN;
        }
        if (raw.isInterface() || Modifier.isAbstract(raw.getModifiers())) {
            return Kind.OPEN;
        }
        if (raw.isRecord()) {
            return Kind.RECORD;
        }
        return Throwable.class.isAssignableFrom(raw) ? Kind.EXCEPTION : Kind.BEAN;
    }

    /** How many levels of arguments stand below this type. */
    int depth() {
        int deepest = 0;
        for (ResolvedType argument : arguments) {
            deepest = Math.max(deepest, argument.depth() + 1);
        }
        return deepest;
    }

    private Map<TypeVariable<?>, ResolvedType> bindings() {
        TypeVariable<?>[] variables = raw.getTypeParameters();
        Map<TypeVariable<?>, ResolvedType> bindings = new HashMap<>();
        for (int i = 0; i < variables.length && i < arguments.size(); i++) {
            bindings.put(variables[i], arguments.get(i));
        }
        return bindings;
    }

    /** {@code List<Item>}, with simple names. */
    @Override
    public String toString() {
        if (arguments.isEmpty() || raw.isArray()) {
            return raw.getSimpleName();
        }
        return raw.getSimpleName()
                + arguments.stream().map(ResolvedType::toString).collect(Collectors.joining(", ", "<", ">"));
    }
}
