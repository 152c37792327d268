package io.bowline.rpc.wire;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces the variables of reflection's types. */
final class TypeResolution {
    private TypeResolution() {}

    static ResolvedType resolve(Type type, Map<TypeVariable<?>, ResolvedType> bindings) {
        if (type instanceof Class<?> raw) {
            return raw.isArray()
                    ? new ResolvedType(raw, List.of(resolve(raw.getComponentType(), bindings)))
                    : new ResolvedType(raw, List.of());
        }
        if (type instanceof ParameterizedType parameterized) {
            return parameterized(parameterized, bindings);
        }
        if (type instanceof GenericArrayType array) {
            ResolvedType component = resolve(array.getGenericComponentType(), bindings);
            return new ResolvedType(component.raw().arrayType(), List.of(component));
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0], bindings);
        }
        return variable((TypeVariable<?>) type, bindings);
    }

    private static ResolvedType parameterized(ParameterizedType type, Map<TypeVariable<?>, ResolvedType> bindings) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] declared = type.getActualTypeArguments();
        List<ResolvedType> arguments = new ArrayList<>(declared.length);
        for (int i = 0; i < declared.length; i++) {
            ResolvedType argument = resolve(declared[i], bindings);
            boolean unbounded = declared[i] instanceof WildcardType && argument.raw() == Object.class;
            arguments.add(unbounded ? variable(raw.getTypeParameters()[i], Map.of()) : argument);
        }
        return new ResolvedType(raw, arguments);
    }

    /** A free variable is its first bound; inside its own bound ({@code T extends Comparable<T>}) only the erasure. */
    private static ResolvedType variable(TypeVariable<?> variable, Map<TypeVariable<?>, ResolvedType> bindings) {
        ResolvedType bound = bindings.get(variable);
        if (bound != null) {
            return bound;
        }
        Map<TypeVariable<?>, ResolvedType> within = new HashMap<>(bindings);
        within.put(variable, new ResolvedType(erase(variable), List.of()));
        return resolve(variable.getBounds()[0], within);
    }

    private static Class<?> erase(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        return type instanceof TypeVariable<?> variable ? erase(variable.getBounds()[0]) : Object.class;
    }

    /** Binds the variables of a subtype that it hands on, unchanged, to the supertype. */
    static ResolvedType subtype(ResolvedType declared, Class<?> subtype) {
        TypeVariable<?>[] variables = subtype.getTypeParameters();
        List<Type> handedOn = variables.length == 0 ? null : argumentsAt(subtype, declared.raw());
        Map<TypeVariable<?>, ResolvedType> bindings = new HashMap<>();
        for (int i = 0; handedOn != null && i < handedOn.size(); i++) {
            if (handedOn.get(i) instanceof TypeVariable<?> variable) {
                bindings.put(variable, declared.argument(i));
            }
        }
        List<ResolvedType> arguments = new ArrayList<>(variables.length);
        for (TypeVariable<?> variable : variables) {
            arguments.add(variable(variable, bindings));
        }
        return new ResolvedType(subtype, arguments);
    }

    /** The arguments that {@code from} gives to its supertype {@code target}, in terms of {@code from}'s variables. */
    private static @Nullable List<Type> argumentsAt(Class<?> from, Class<?> target) {
        for (Type supertype : supertypes(from)) {
            List<Type> given =
                    supertype instanceof ParameterizedType type ? List.of(type.getActualTypeArguments()) : List.of();
            Class<?> raw = erase(supertype);
            if (raw == target) {
                return given;
            }
            List<Type> above = target.isAssignableFrom(raw) ? argumentsAt(raw, target) : null;
            if (above != null) {
                return above.stream()
                        .map(argument -> substitute(argument, raw, given))
                        .toList();
            }
        }
        return null;
    }

    private static Type substitute(Type argument, Class<?> raw, List<Type> given) {
        int at = List.<Type>of(raw.getTypeParameters()).indexOf(argument);
        return at >= 0 && at < given.size() ? given.get(at) : argument;
    }

    private static List<Type> supertypes(Class<?> type) {
        List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            supertypes.add(type.getGenericSuperclass());
        }
        return supertypes;
    }
}
