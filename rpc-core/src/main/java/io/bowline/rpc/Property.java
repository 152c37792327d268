package io.bowline.rpc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named property of whatever object comes along: a record's component, a method without parameters of that name or with
 * {@code get} or {@code is}, a field, or an entry of a map. How a class answers is found out when it is first seen; after
 * that, reading is one look-up by class and one call. Thread-safe.
 */
public final class Property {
    private static final Logger log = LoggerFactory.getLogger(Property.class);
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

    private final String name;
    private final boolean anyMethod;

    /** How each class that was seen answers. */
    private final ClassValue<Access> access = new ClassValue<>() {
        @Override
        protected Access computeValue(Class<?> type) {
            MethodHandle getter = getter(type, name, anyMethod);
            return new Access(getter == null ? null : getter.asType(READ));
        }
    };

    /** Null where the class has no such property. */
    private record Access(@Nullable MethodHandle read) {}

    private Property(String name, boolean anyMethod) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("property: '' (expected: not empty)");
        }
        this.name = name;
        this.anyMethod = anyMethod;
    }

    /** For code, which knows the methods that it names. */
    public static Property named(String name) {
        return new Property(name, true);
    }

    /** For data: the same, but of methods of just that name only those that read a record's component. */
    public static Property ofState(String name) {
        return new Property(name, false);
    }

    public String name() {
        return name;
    }

    /** The property's value; null where it is null, cannot be read, or does not exist. Never throws. */
    public @Nullable Object of(Object owner) {
        try {
            if (owner instanceof Map<?, ?> map) {
                return map.get(name);
            }
            MethodHandle read = access.get(owner.getClass()).read;
            return read == null ? null : (Object) read.invokeExact(owner);
        } catch (Throwable thrown) {
            return null; // A getter of the user's that throws, or a map that refuses a text: there is no value.
        }
    }

    /** What reads a property of a class; null, once logged, where that has none that can be read. */
    public static @Nullable MethodHandle getter(Class<?> type, String name, boolean anyMethod) {
        try {
            MethodHandle getter = find(type, name, anyMethod || isComponent(type, name));
            if (getter == null) {
                log.warn("{} has no property '{}': it reads as absent", type.getName(), name);
            }
            return getter;
        } catch (IllegalAccessException | RuntimeException closed) {
            log.warn("'{}' of {} cannot be read: it reads as absent", name, type.getName(), closed);
            return null;
        }
    }

    private static boolean isComponent(Class<?> type, String name) {
        RecordComponent[] components = type.getRecordComponents();
        return components != null
                && Arrays.stream(components)
                        .anyMatch(component -> component.getName().equals(name));
    }

    private static @Nullable MethodHandle find(Class<?> type, String name, boolean bare) throws IllegalAccessException {
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        List<String> methods = List.of("get" + capital, "is" + capital);
        return bare ? find(type, name, List.of(name, "get" + capital, "is" + capital)) : find(type, name, methods);
    }

    private static @Nullable MethodHandle find(Class<?> type, String name, List<String> methods)
            throws IllegalAccessException {
        for (String method : methods) {
            for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
                for (Method declared : owner.getDeclaredMethods()) {
                    boolean fits = declared.getName().equals(method)
                            && declared.getParameterCount() == 0
                            && declared.getReturnType() != void.class
                            && ofInstance(declared);
                    if (fits && !declared.isBridge()) {
                        declared.setAccessible(true);
                        return LOOKUP.unreflect(declared);
                    }
                }
            }
        }
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            for (Field declared : owner.getDeclaredFields()) {
                if (declared.getName().equals(name) && ofInstance(declared)) {
                    declared.setAccessible(true);
                    return LOOKUP.unreflectGetter(declared);
                }
            }
        }
        return null;
    }

    private static boolean ofInstance(Member member) {
        return !Modifier.isStatic(member.getModifiers());
    }
}
