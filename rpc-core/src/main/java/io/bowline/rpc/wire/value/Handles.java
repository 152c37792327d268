package io.bowline.rpc.wire.value;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Property;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Method handles on fields and constructors of any visibility, in the one shape that codecs call. */
final class Handles {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
    static final MethodType SETTER = MethodType.methodType(void.class, Object.class, Object.class);
    private static final MethodType FACTORY = MethodType.methodType(Object.class, Object[].class);

    private Handles() {}

    static MethodHandle[] getters(List<Property> properties, String path) {
        return properties.stream()
                .map(property -> getter(property.field(), path))
                .toArray(MethodHandle[]::new);
    }

    static MethodHandle[] setters(List<Property> properties, String path) {
        return properties.stream()
                .map(property -> setter(property.field(), path))
                .toArray(MethodHandle[]::new);
    }

    /** {@code (Object[]) → Object}. */
    static MethodHandle factory(Constructor<?> constructor, String path) {
        try {
            constructor.setAccessible(true);
            return LOOKUP.unreflectConstructor(constructor)
                    .asFixedArity()
                    .asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(FACTORY);
        } catch (IllegalAccessException | RuntimeException e) {
            throw closed(constructor.getDeclaringClass(), path);
        }
    }

    private static MethodHandle getter(Field field, String path) {
        try {
            field.setAccessible(true);
            return LOOKUP.unreflectGetter(field).asType(GETTER);
        } catch (IllegalAccessException | RuntimeException e) {
            throw closed(field.getDeclaringClass(), path);
        }
    }

    private static MethodHandle setter(Field field, String path) {
        try {
            field.setAccessible(true);
            return LOOKUP.unreflectSetter(field).asType(SETTER);
        } catch (IllegalAccessException | RuntimeException e) {
            throw closed(field.getDeclaringClass(), path);
        }
    }

    private static RuntimeException closed(Class<?> owner, String path) {
        return Refusal.notSerializable(
                owner.getName() + " is closed to reflection, at " + path,
                "open its package: opens " + owner.getPackageName() + " to io.bowline.rpc.core");
    }

    static @Nullable Object get(MethodHandle getter, Object owner) {
        try {
            return (Object) getter.invokeExact(owner);
        } catch (Throwable e) {
            throw new IllegalStateException("a field of " + owner.getClass().getName() + " cannot be read", e);
        }
    }

    static void set(MethodHandle setter, Object owner, @Nullable Object value) {
        try {
            setter.invokeExact(owner, value);
        } catch (Throwable e) {
            throw Refusal.malformed("a field of " + owner.getClass().getName(), e);
        }
    }

    static Object start(MethodHandle start, Class<?> type) {
        try {
            return (Object) start.invokeExact();
        } catch (Throwable e) {
            throw refused(type, e);
        }
    }

    static Object finish(MethodHandle finish, Class<?> type, Object draft) {
        try {
            return (Object) finish.invokeExact(draft);
        } catch (Throwable e) {
            throw refused(type, e);
        }
    }

    static Object make(MethodHandle factory, Class<?> type, @Nullable Object[] values) {
        try {
            return (Object) factory.invokeExact(values);
        } catch (Throwable e) {
            throw refused(type, e);
        }
    }

    /** Whatever a constructor of the user throws at bytes from outside is the bytes' fault; a fault of the JVM is not. */
    private static RpcException refused(Class<?> type, Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal) {
            throw fatal;
        }
        return Refusal.malformed("the constructor of " + type.getName() + " refused its parts", thrown);
    }
}
