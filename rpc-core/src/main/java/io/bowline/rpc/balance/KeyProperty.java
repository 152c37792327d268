package io.bowline.rpc.balance;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A named property of whatever object comes along. Thread-safe. */
final class KeyProperty {
    private static final Logger log = LoggerFactory.getLogger(LoadBalancer.class);
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType READ = MethodType.methodType(Object.class, Object.class);
    private static final MethodType HASH = MethodType.methodType(long.class, Object.class);
    private static final MethodHandle OF_OBJECT = hashing(Object.class);
    private static final MethodHandle OF_LONG = hashing(long.class);

    private final String name;

    /** How each class that was seen answers. */
    private final ClassValue<Access> access = new ClassValue<>() {
        @Override
        protected Access computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** The property of an object as an object, and its hash without a box. */
    private record Access(
            @Nullable MethodHandle read, @Nullable MethodHandle hash) {}

    KeyProperty(String name) {
        this.name = name;
    }

    @Nullable
    Object value(Object owner) {
        if (owner instanceof Map<?, ?> map) {
            return entry(map);
        }
        MethodHandle read = access.get(owner.getClass()).read;
        try {
            return read == null ? null : (Object) read.invokeExact(owner);
        } catch (Throwable thrown) {
            return null; // A getter of the user's that throws has no key to give.
        }
    }

    long hash(Object owner) {
        if (owner instanceof Map<?, ?> map) {
            return Hashing.key(entry(map));
        }
        MethodHandle hash = access.get(owner.getClass()).hash;
        try {
            return hash == null ? RequestKey.NONE : (long) hash.invokeExact(owner);
        } catch (Throwable thrown) {
            return RequestKey.NONE; // As above.
        }
    }

    private @Nullable Object entry(Map<?, ?> map) {
        try {
            return map.get(name);
        } catch (RuntimeException noSuchKey) {
            return null; // A map may refuse to be asked for a text.
        }
    }

    private Access find(Class<?> type) {
        try {
            MethodHandle getter = getter(type);
            if (getter != null) {
                return new Access(getter.asType(READ), hash(getter));
            }
            log.warn("{} has no property '{}': its calls have no key and go to any provider", type.getName(), name);
        } catch (IllegalAccessException | RuntimeException closed) {
            log.warn("'{}' of {} cannot be read: its calls have no key", name, type.getName(), closed);
        }
        return new Access(null, null);
    }

    private static MethodHandle hash(MethodHandle getter) {
        Class<?> result = getter.type().returnType();
        boolean whole = List.of(long.class, int.class, short.class, byte.class).contains(result);
        Class<?> hashed = whole ? long.class : Object.class;
        MethodHandle read = getter.asType(MethodType.methodType(hashed, Object.class));
        return MethodHandles.filterReturnValue(read, whole ? OF_LONG : OF_OBJECT)
                .asType(HASH);
    }

    private @Nullable MethodHandle getter(Class<?> type) throws IllegalAccessException {
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        for (String method : List.of(name, "get" + capital, "is" + capital)) {
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

    private static MethodHandle hashing(Class<?> parameter) {
        try {
            return LOOKUP.findStatic(Hashing.class, "key", MethodType.methodType(long.class, parameter));
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
