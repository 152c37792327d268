package io.bowline.rpc.wire;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;

/**
 * How values of a record or bean are taken apart and put together, for any codec. A value is made in three steps:
 * {@link #start()}, then a setter for each part that is there, in whatever order, then {@link #finish()}.
 *
 * <p>A bean is its own draft: its no-argument constructor (of any visibility) runs first, so a part that is not set keeps
 * what the constructor gave it. A record's draft is a frame of plain slots which its canonical constructor takes at the
 * end; a part that is not set is zero or null. All handles are generic ({@code Object} for every reference), so that a
 * codec calls them with {@code invokeExact}, and no primitive is boxed. Nothing here uses {@code Unsafe}. Thread-safe.
 */
public final class Shape {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType START = MethodType.methodType(Object.class);
    private static final MethodType FINISH = MethodType.methodType(Object.class, Object.class);

    private final ResolvedType type;
    private final List<Part> parts;
    private final MethodHandle start;
    private final MethodHandle finish;

    private Shape(ResolvedType type, List<Part> parts, MethodHandle start, MethodHandle finish) {
        this.type = type;
        this.parts = List.copyOf(parts);
        this.start = start;
        this.finish = finish;
    }

    /**
     * One part of a shape.
     *
     * @param getter from a value: {@code (Object)T}, where {@code T} is a primitive or {@code Object}
     * @param setter into a draft: {@code (Object, T)void}
     */
    public record Part(Property property, MethodHandle getter, MethodHandle setter) {}

    /**
     * The shape of a record or bean.
     *
     * @param path where the type is declared, for messages
     * @throws RpcException {@code NOT_SERIALIZABLE} when the class cannot be made or its parts cannot be reached
     */
    public static Shape of(ResolvedType type, String path) {
        try {
            return type.kind() == Kind.RECORD ? record(type) : bean(type);
        } catch (NoSuchMethodException none) {
            throw refused(
                    type,
                    path,
                    "has no constructor without arguments",
                    "add one, private if you like, or make it a record");
        } catch (InaccessibleObjectException | IllegalAccessException closed) {
            throw refused(
                    type,
                    path,
                    "is not open to " + Shape.class.getModule(),
                    "open its package " + type.raw().getPackageName() + " to it in module-info.java");
        }
    }

    private static Shape bean(ResolvedType type) throws NoSuchMethodException, IllegalAccessException {
        List<Part> parts = new ArrayList<>();
        for (Property property : Property.of(type)) {
            Field field = property.field();
            field.setAccessible(true);
            MethodHandle setter = LOOKUP.unreflectSetter(field);
            Class<?> slot = slot(field.getType());
            parts.add(new Part(
                    property, getter(field), setter.asType(MethodType.methodType(void.class, Object.class, slot))));
        }
        Constructor<?> constructor = type.raw().getDeclaredConstructor();
        constructor.setAccessible(true);
        MethodHandle start = LOOKUP.unreflectConstructor(constructor).asType(START);
        return new Shape(type, parts, start, MethodHandles.identity(Object.class));
    }

    private static Shape record(ResolvedType type) throws NoSuchMethodException, IllegalAccessException {
        List<Property> properties = Property.of(type);
        List<Part> parts = new ArrayList<>();
        List<MethodHandle> slots = new ArrayList<>();
        int primitives = 0;
        for (Property property : properties) {
            Field field = property.field();
            field.setAccessible(true);
            Class<?> slot = slot(field.getType());
            int index = slot.isPrimitive() ? primitives++ : slots.size() - primitives;
            parts.add(new Part(property, getter(field), RecordFrame.setter(slot, index)));
            slots.add(RecordFrame.getter(slot, index).asType(MethodType.methodType(field.getType(), Object.class)));
        }
        Class<?>[] components =
                properties.stream().map(property -> property.field().getType()).toArray(Class<?>[]::new);
        Constructor<?> canonical = type.raw().getDeclaredConstructor(components);
        canonical.setAccessible(true);
        MethodHandle finish = LOOKUP.unreflectConstructor(canonical);
        for (int i = components.length - 1; i >= 0; i--) {
            finish = MethodHandles.collectArguments(finish, i, slots.get(i));
        }
        MethodType oneFrame = MethodType.methodType(type.raw(), Object.class);
        finish = MethodHandles.permuteArguments(finish, oneFrame, new int[components.length]);
        MethodHandle start = RecordFrame.start(primitives, components.length - primitives);
        return new Shape(type, parts, start, finish.asType(FINISH));
    }

    private static MethodHandle getter(Field field) throws IllegalAccessException {
        return LOOKUP.unreflectGetter(field).asType(MethodType.methodType(slot(field.getType()), Object.class));
    }

    private static Class<?> slot(Class<?> type) {
        return type.isPrimitive() ? type : Object.class;
    }

    private static RpcException refused(ResolvedType type, String path, String what, String remedy) {
        return RpcException.unprocessed(
                Code.NOT_SERIALIZABLE, type.raw().getName() + " " + what + ", at " + path + "; " + remedy);
    }

    public ResolvedType type() {
        return type;
    }

    /** The parts in the order of declaration, those of superclasses first. */
    public List<Part> parts() {
        return parts;
    }

    /** A new draft: {@code ()Object}. */
    public MethodHandle start() {
        return start;
    }

    /** The value of a filled draft: {@code (Object)Object}. The draft must not be used again. */
    public MethodHandle finish() {
        return finish;
    }

    @Override
    public String toString() {
        return "Shape of " + type;
    }
}
