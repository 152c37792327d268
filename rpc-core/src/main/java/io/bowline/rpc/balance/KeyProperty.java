package io.bowline.rpc.balance;

import io.bowline.rpc.Property;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A property whose hash is a key: a whole number is hashed without a box. Thread-safe. */
final class KeyProperty {
    private static final MethodType HASH = MethodType.methodType(long.class, Object.class);
    private static final MethodHandle OF_OBJECT = hashing(Object.class);
    private static final MethodHandle OF_LONG = hashing(long.class);

    private final Property property;

    /** How each class that was seen answers. */
    private final ClassValue<Access> access = new ClassValue<>() {
        @Override
        protected Access computeValue(Class<?> type) {
            MethodHandle getter = Property.getter(type, property.name(), true);
            return new Access(getter == null ? null : hash(getter));
        }
    };

    /** Null where the class has no such property. */
    private record Access(@Nullable MethodHandle hash) {}

    KeyProperty(String name) {
        property = Property.named(name);
    }

    @Nullable
    Object value(Object owner) {
        return property.of(owner);
    }

    long hash(Object owner) {
        if (owner instanceof Map<?, ?>) {
            return Hashing.key(property.of(owner));
        }
        MethodHandle hash = access.get(owner.getClass()).hash;
        try {
            return hash == null ? RequestKey.NONE : (long) hash.invokeExact(owner);
        } catch (Throwable thrown) {
            return RequestKey.NONE; // A getter of the user's that throws has no key to give.
        }
    }

    private static MethodHandle hash(MethodHandle getter) {
        Class<?> result = getter.type().returnType();
        boolean whole = List.of(long.class, int.class, short.class, byte.class).contains(result);
        Class<?> hashed = whole ? long.class : Object.class;
        MethodHandle read = getter.asType(MethodType.methodType(hashed, Object.class));
        return MethodHandles.filterReturnValue(read, whole ? OF_LONG : OF_OBJECT)
                .asType(HASH);
    }

    private static MethodHandle hashing(Class<?> parameter) {
        try {
            return MethodHandles.lookup()
                    .findStatic(Hashing.class, "key", MethodType.methodType(long.class, parameter));
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
