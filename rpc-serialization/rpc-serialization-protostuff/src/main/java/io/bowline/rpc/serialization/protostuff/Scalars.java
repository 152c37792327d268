package io.bowline.rpc.serialization.protostuff;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** Codecs of the primitives in their boxes, and the factory of all small codecs. */
final class Scalars {
    static final ValueCodec BOOLEAN = of(Wire.VARINT, Boolean.class, (value, out) -> out.bool(value), Reader::bool);
    static final ValueCodec BYTE =
            of(Wire.VARINT, Byte.class, (value, out) -> out.zigzag((int) value), in -> narrowByte(in.zigzagInt()));
    static final ValueCodec SHORT =
            of(Wire.VARINT, Short.class, (value, out) -> out.zigzag((int) value), in -> narrowShort(in.zigzagInt()));
    static final ValueCodec CHARACTER =
            of(Wire.VARINT, Character.class, (value, out) -> out.varInt(value), in -> narrowChar(in.varInt()));
    static final ValueCodec INTEGER =
            of(Wire.VARINT, Integer.class, (value, out) -> out.zigzag((int) value), Reader::zigzagInt);
    static final ValueCodec LONG =
            of(Wire.VARINT, Long.class, (value, out) -> out.zigzag((long) value), Reader::zigzagLong);
    static final ValueCodec FLOAT = of(
            Wire.FIXED32,
            Float.class,
            (value, out) -> out.fixed32(Float.floatToRawIntBits(value)),
            in -> Float.intBitsToFloat(in.fixed32()));
    static final ValueCodec DOUBLE = of(
            Wire.FIXED64,
            Double.class,
            (value, out) -> out.fixed64(Double.doubleToRawLongBits(value)),
            in -> Double.longBitsToDouble(in.fixed64()));
    static final ValueCodec TEXT = of(Wire.LENGTH, String.class, (value, out) -> out.text(value), Reader::text);

    private Scalars() {}

    /** A codec of one class. {@code Class.cast} turns away a value of another. */
    static <T> ValueCodec of(int wireType, Class<T> type, BiConsumer<T, Writer> write, Function<Reader, T> read) {
        return new Scalar<>(wireType, type, write, read);
    }

    private record Scalar<T>(int wireType, Class<T> type, BiConsumer<T, Writer> writer, Function<Reader, T> reader)
            implements ValueCodec {
        @Override
        public void write(Object value, Writer out) {
            writer.accept(type.cast(value), out);
        }

        @Override
        public Object read(Reader in) {
            return reader.apply(in);
        }
    }

    /** A codec of one class whose value is several primitives behind one length. */
    static <T> ValueCodec parts(Class<T> type, BiConsumer<T, Writer> write, Function<Reader, T> read) {
        return of(
                Wire.LENGTH,
                type,
                (value, out) -> {
                    int mark = out.open();
                    write.accept(value, out);
                    out.close(mark);
                },
                in -> {
                    int outer = in.open();
                    T value = read.apply(in);
                    in.close(outer);
                    return value;
                });
    }

    static byte narrowByte(int value) {
        if (value != (byte) value) {
            throw Reader.malformed("a number that does not fit a byte");
        }
        return (byte) value;
    }

    static short narrowShort(int value) {
        if (value != (short) value) {
            throw Reader.malformed("a number that does not fit a short");
        }
        return (short) value;
    }

    static char narrowChar(int value) {
        if (value != (char) value) {
            throw Reader.malformed("a number that does not fit a char");
        }
        return (char) value;
    }
}
