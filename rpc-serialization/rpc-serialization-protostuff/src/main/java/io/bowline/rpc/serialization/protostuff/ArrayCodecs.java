package io.bowline.rpc.serialization.protostuff;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Codecs of arrays. Of primitives, the elements stand one behind the other without tags; how many is said first where
 * the length does not tell.
 */
final class ArrayCodecs {
    private static final Map<Class<?>, ValueCodec> PRIMITIVES = Map.of(
            byte[].class,
            Scalars.of(Wire.LENGTH, byte[].class, (array, out) -> out.bytes(array), in -> in.raw(in.length())),
            boolean[].class,
            Scalars.parts(boolean[].class, ArrayCodecs::writeBooleans, ArrayCodecs::readBooleans),
            short[].class,
            counted(
                    short[].class,
                    (array, i, out) -> out.zigzag((int) array[i]),
                    (array, i, in) -> array[i] = Scalars.narrowShort(in.zigzagInt())),
            char[].class,
            counted(
                    char[].class,
                    (array, i, out) -> out.varInt(array[i]),
                    (array, i, in) -> array[i] = Scalars.narrowChar(in.varInt())),
            int[].class,
            counted(int[].class, (array, i, out) -> out.zigzag(array[i]), (array, i, in) -> array[i] = in.zigzagInt()),
            long[].class,
            counted(
                    long[].class,
                    (array, i, out) -> out.zigzag(array[i]),
                    (array, i, in) -> array[i] = in.zigzagLong()),
            float[].class,
            Scalars.parts(float[].class, ArrayCodecs::writeFloats, ArrayCodecs::readFloats),
            double[].class,
            Scalars.parts(double[].class, ArrayCodecs::writeDoubles, ArrayCodecs::readDoubles));

    private ArrayCodecs() {}

    static @Nullable ValueCodec primitive(Class<?> type) {
        return PRIMITIVES.get(type);
    }

    /** A codec of arrays of references, nulls among them. */
    static ValueCodec of(Class<?> component, ValueCodec elements) {
        return new References(component, elements);
    }

    private record References(Class<?> component, ValueCodec elements) implements ValueCodec {
        @Override
        public int wireType() {
            return Wire.LENGTH;
        }

        @Override
        public void write(Object value, Writer out) {
            Elements.write(Arrays.asList((Object[]) value), 0, elements, out);
        }

        @Override
        public Object read(Reader in) {
            int outer = in.enter();
            int header = in.varInt();
            Object[] array = Elements.read(header, elements, in).toArray();
            in.leave(outer);
            if (component == Object.class) {
                return array;
            }
            Object[] typed = (Object[]) Array.newInstance(component, array.length);
            System.arraycopy(array, 0, typed, 0, array.length);
            return typed;
        }
    }

    private interface Element<A, S> {
        void move(A array, int index, S stream);
    }

    /** Variable integers: none takes less than a byte, so a count beyond the bytes is refused before memory is taken. */
    private static <A> ValueCodec counted(Class<A> type, Element<A, Writer> write, Element<A, Reader> read) {
        BiConsumer<A, Writer> writer = (array, out) -> {
            int length = Array.getLength(array);
            out.varInt(length);
            for (int i = 0; i < length; i++) {
                write.move(array, i, out);
            }
        };
        Function<Reader, A> reader = in -> {
            int length = in.length();
            A array = type.cast(Array.newInstance(type.getComponentType(), length));
            for (int i = 0; i < length; i++) {
                read.move(array, i, in);
            }
            return array;
        };
        return Scalars.parts(type, writer, reader);
    }

    private static void writeBooleans(boolean[] array, Writer out) {
        for (boolean element : array) {
            out.bool(element);
        }
    }

    private static boolean[] readBooleans(Reader in) {
        boolean[] array = new boolean[in.remaining()];
        for (int i = 0; i < array.length; i++) {
            array[i] = in.bool();
        }
        return array;
    }

    private static void writeFloats(float[] array, Writer out) {
        for (float element : array) {
            out.fixed32(Float.floatToRawIntBits(element));
        }
    }

    private static float[] readFloats(Reader in) {
        float[] array = new float[in.remaining() / Float.BYTES];
        for (int i = 0; i < array.length; i++) {
            array[i] = Float.intBitsToFloat(in.fixed32());
        }
        return array;
    }

    private static void writeDoubles(double[] array, Writer out) {
        for (double element : array) {
            out.fixed64(Double.doubleToRawLongBits(element));
        }
    }

    private static double[] readDoubles(Reader in) {
        double[] array = new double[in.remaining() / Double.BYTES];
        for (int i = 0; i < array.length; i++) {
            array[i] = Double.longBitsToDouble(in.fixed64());
        }
        return array;
    }
}
