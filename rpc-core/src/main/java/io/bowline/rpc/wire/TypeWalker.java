package io.bowline.rpc.wire;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks from declared types to everything that their values may hold, and refuses what cannot travel. */
final class TypeWalker {
    /** Deeper arguments than this are a type that grows as it is followed: {@code class Node<T> { Node<List<T>> next; }}. */
    private static final int MAX_ARGUMENT_DEPTH = 16;

    private final Set<Class<?>> registered;
    private final Map<String, Class<?>> found = new HashMap<>();
    private final Set<ResolvedType> seen = new HashSet<>();

    TypeWalker(Set<Class<?>> registered) {
        this.registered = registered;
    }

    Map<String, Class<?>> found() {
        return found;
    }

    void walk(String place, Type type) {
        ResolvedType resolved = ResolvedType.of(type);
        walk(resolved, place + ": " + name(resolved));
    }

    private void walk(ResolvedType type, String path) {
        if (!seen.add(type)) {
            return;
        }
        if (type.depth() > MAX_ARGUMENT_DEPTH) {
            throw refused(path, "the type arguments grow without end", "use a type that holds itself unchanged");
        }
        switch (type.kind()) {
            case VALUE, ANY -> {}
            case ENUM -> add(type.raw(), path);
            case ARRAY -> {
                if (!type.raw().getComponentType().isPrimitive()) {
                    add(type.raw(), path);
                }
                walkArguments(type, path);
            }
            case COLLECTION, MAP, OPTIONAL -> walkArguments(type, path);
            case RECORD, BEAN, EXCEPTION -> walkProperties(type, path);
            case OPEN -> walkSubtypes(type, path);
            case FOREIGN -> throw foreign(type.raw(), path);
        }
    }

    private void walkArguments(ResolvedType type, String path) {
        for (ResolvedType argument : type.arguments()) {
            walk(argument, path + " → " + name(argument));
        }
    }

    private void walkProperties(ResolvedType type, String path) {
        Class<?> raw = type.raw();
        add(raw, path);
        if (!JdkTypes.owns(raw)) {
            requireSelfContained(raw, path);
            for (Property property : Property.of(type)) {
                walk(property.type(), path + " → " + property.name() + " → " + name(property.type()));
            }
        }
        for (Class<?> subtype : declaredSubtypes(raw)) {
            walk(type.as(subtype), path + " → " + subtype.getSimpleName());
        }
    }

    private void walkSubtypes(ResolvedType type, String path) {
        Set<Class<?>> subtypes = declaredSubtypes(type.raw());
        if (subtypes.isEmpty()) {
            throw refused(
                    path,
                    type.raw().getName() + " is open, so nobody knows which classes may stand there",
                    "seal it, or register its subtypes on the client and on the server");
        }
        for (Class<?> subtype : subtypes) {
            walk(type.as(subtype), path + " → " + subtype.getSimpleName());
        }
    }

    private Set<Class<?>> declaredSubtypes(Class<?> raw) {
        Set<Class<?>> subtypes = new LinkedHashSet<>();
        if (raw.isSealed()) {
            subtypes.addAll(List.of(raw.getPermittedSubclasses()));
        }
        for (Class<?> type : registered) {
            if (type != raw && raw.isAssignableFrom(type)) {
                subtypes.add(type);
            }
        }
        return subtypes;
    }

    private void add(Class<?> type, String path) {
        Class<?> before = found.putIfAbsent(type.getName(), type);
        if (before != null && before != type) {
            throw refused(path, "two classes of different loaders are named " + type.getName(), "load it once");
        }
    }

    private static void requireSelfContained(Class<?> type, String path) {
        boolean free = type.isRecord() || Modifier.isStatic(type.getModifiers()) || type.getEnclosingClass() == null;
        if (!free || type.isHidden()) {
            throw refused(
                    path, type.getName() + " belongs to an object around it", "make it a static or top-level class");
        }
        Class<?> above = type.getSuperclass();
        while (above != null && !JdkTypes.owns(above)) {
            above = above.getSuperclass();
        }
        boolean plain = above == Object.class || above == Record.class || Throwable.class.isAssignableFrom(type);
        if (above != null && !plain) {
            throw refused(
                    path,
                    type.getName() + " extends " + above.getName() + ", whose state cannot travel",
                    "declare a class of its own values there");
        }
    }

    private static RpcException foreign(Class<?> type, String path) {
        if (JdkTypes.owns(type)) {
            return refused(
                    path,
                    type.getName() + " is not among the JDK types that can travel",
                    "declare a value there, or make the field transient");
        }
        return refused(
                path,
                type.getName() + " is a container class of its own",
                "declare List, Set or Map there, or wrap it in a record");
    }

    private static RpcException refused(String path, String what, String remedy) {
        return RpcException.unprocessed(Code.NOT_SERIALIZABLE, what + ", at " + path + "; " + remedy);
    }

    private static String name(ResolvedType type) {
        return type.raw().getSimpleName();
    }
}
