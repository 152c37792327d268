package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Refusal;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that Hessian has a form for, or that fits one of its numbers. */
@SuppressWarnings("JavaUtilDate") // Hessian's date is a Date, and users' contracts hold them
record Scalar(Class<?> type, Write writer, Read reader) implements Node {
    interface Write {
        void write(Object value, HessianWriter out);
    }

    interface Read {
        Object read(int tag, HessianInput in);
    }

    private static final Map<Class<?>, Scalar> KNOWN = new HashMap<>();

    static {
        put(boolean.class, Boolean.class, (v, w) -> Primitives.writeBoolean((Boolean) v, w.out), Scalar::bool);
        put(byte.class, Byte.class, Scalar::whole, (tag, in) -> (byte) within(tag, in, -128, 127));
        put(short.class, Short.class, Scalar::whole, (tag, in) -> (short) within(tag, in, -32_768, 32_767));
        put(int.class, Integer.class, Scalar::whole, (tag, in) ->
                (int) within(tag, in, Integer.MIN_VALUE, Integer.MAX_VALUE));
        put(long.class, Long.class, (v, w) -> Primitives.writeLong((Long) v, w.out), (tag, in) -> in.whole(tag));
        put(float.class, Float.class, Scalar::fraction, (tag, in) -> (float) in.fraction(tag));
        put(double.class, Double.class, Scalar::fraction, (tag, in) -> in.fraction(tag));
        put(char.class, Character.class, (v, w) -> Primitives.writeString(v.toString(), w.out), Scalar::character);
        put(
                String.class,
                String.class,
                (v, w) -> Primitives.writeString((String) v, w.out),
                (tag, in) -> in.string(tag));
        put(
                byte[].class,
                byte[].class,
                (v, w) -> Primitives.writeBytes((byte[]) v, w.out),
                (tag, in) -> in.binary(tag));
        put(Date.class, Date.class, Scalar::date, (tag, in) -> new Date(in.date(tag)));
        put(void.class, Void.class, (v, w) -> w.writeNull(), Scalar::nothing);
    }

    static @Nullable Scalar find(Class<?> type) {
        return KNOWN.get(type);
    }

    boolean primitive() {
        return type.isPrimitive();
    }

    @Override
    public void write(Object value, HessianWriter out) {
        writer.write(value, out);
    }

    @Override
    public Object read(int tag, HessianReader in) {
        return reader.read(tag, in.in);
    }

    private static void put(Class<?> primitive, Class<?> boxed, Write write, Read read) {
        KNOWN.put(primitive, new Scalar(primitive, write, read));
        KNOWN.put(boxed, new Scalar(boxed, write, read));
    }

    private static void whole(Object value, HessianWriter writer) {
        Primitives.writeInt(((Number) value).intValue(), writer.out);
    }

    /** A float is a double that loses nothing on the way back. */
    private static void fraction(Object value, HessianWriter writer) {
        Primitives.writeDouble(((Number) value).doubleValue(), writer.out);
    }

    private static void date(Object value, HessianWriter writer) {
        if (value.getClass() != Date.class) {
            throw Refusal.notSerializable(
                    "a " + value.getClass().getName() + " stands where java.util.Date is declared", "pass an Instant");
        }
        Primitives.writeDate(((Date) value).getTime(), writer.out);
    }

    private static Object bool(int tag, HessianInput in) {
        return switch (tag) {
            case Tags.TRUE -> true;
            case Tags.FALSE -> false;
            default -> throw HessianInput.unexpected(tag, "true or false");
        };
    }

    private static long within(int tag, HessianInput in, long least, long most) {
        long value = in.whole(tag);
        if (value < least || value > most) {
            throw Refusal.malformed("a whole number out of range (expected: " + least + " to " + most + ")");
        }
        return value;
    }

    private static Object character(int tag, HessianInput in) {
        String text = in.string(tag);
        if (text.length() != 1) {
            throw Refusal.malformed("text of " + text.length() + " characters (expected: 1)");
        }
        return text.charAt(0);
    }

    private static Object nothing(int tag, HessianInput in) {
        throw HessianInput.unexpected(tag, "null, for void");
    }
}
