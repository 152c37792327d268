package io.bowline.rpc.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The slots of a record that is being read: primitives as their bits, so that none is boxed. Used by one thread. */
final class RecordFrame {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final long[] bits;
    private final @Nullable Object[] references;

    private RecordFrame(long[] bits, @Nullable Object[] references) {
        this.bits = bits;
        this.references = references;
    }

    /** {@code ()Object}: an empty frame. */
    static MethodHandle start(int primitives, int references) {
        MethodHandle make = find("make", MethodType.methodType(Object.class, int.class, int.class));
        return MethodHandles.insertArguments(make, 0, primitives, references);
    }

    /** {@code (Object)T} for a primitive or {@code Object}; primitives and references are counted apart. */
    static MethodHandle getter(Class<?> slot, int index) {
        MethodHandle read = find(name(slot) + "At", MethodType.methodType(stored(slot), Object.class, int.class));
        return MethodHandles.explicitCastArguments(
                MethodHandles.insertArguments(read, 1, index), MethodType.methodType(slot, Object.class));
    }

    /** {@code (Object, T)void} for a primitive or {@code Object}. */
    static MethodHandle setter(Class<?> slot, int index) {
        MethodHandle write = find("set", MethodType.methodType(void.class, Object.class, int.class, stored(slot)));
        return MethodHandles.explicitCastArguments(
                MethodHandles.insertArguments(write, 1, index), MethodType.methodType(void.class, Object.class, slot));
    }

    /** Floating numbers go by their bits; a handle's cast between long and the other primitives keeps all of theirs. */
    private static Class<?> stored(Class<?> slot) {
        return slot.isPrimitive() && slot != float.class && slot != double.class ? long.class : slot;
    }

    private static String name(Class<?> slot) {
        return slot.isPrimitive() ? stored(slot).getName() : "reference";
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(RecordFrame.class, name, type);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("RecordFrame has no " + name + type, impossible);
        }
    }

    static Object make(int bits, int references) {
        return new RecordFrame(new long[bits], new Object[references]);
    }

    static long longAt(Object frame, int index) {
        return ((RecordFrame) frame).bits[index];
    }

    static float floatAt(Object frame, int index) {
        return Float.intBitsToFloat((int) ((RecordFrame) frame).bits[index]);
    }

    static double doubleAt(Object frame, int index) {
        return Double.longBitsToDouble(((RecordFrame) frame).bits[index]);
    }

    static @Nullable Object referenceAt(Object frame, int index) {
        return ((RecordFrame) frame).references[index];
    }

    static void set(Object frame, int index, long value) {
        ((RecordFrame) frame).bits[index] = value;
    }

    static void set(Object frame, int index, float value) {
        ((RecordFrame) frame).bits[index] = Float.floatToRawIntBits(value);
    }

    static void set(Object frame, int index, double value) {
        ((RecordFrame) frame).bits[index] = Double.doubleToRawLongBits(value);
    }

    static void set(Object frame, int index, @Nullable Object value) {
        ((RecordFrame) frame).references[index] = value;
    }
}
