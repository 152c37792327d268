package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Refusal;
import io.bowline.rpc.wire.value.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of one token. Those that JSON has no token for are their {@link Text}. */
record Scalar(Class<?> type, Write writer, Read reader) implements Node {
    interface Write {
        void write(Object value, JsonGenerator out) throws IOException;
    }

    interface Read {
        Object read(Source in) throws IOException;
    }

    private static final Map<Class<?>, Scalar> NATIVE = new HashMap<>();

    static {
        put(boolean.class, Boolean.class, (v, out) -> out.writeBoolean((Boolean) v), Scalar::bool);
        put(byte.class, Byte.class, (v, out) -> out.writeNumber((Byte) v), in -> (byte) whole(in, -128, 127));
        put(short.class, Short.class, (v, out) -> out.writeNumber((Short) v), in ->
                (short) whole(in, Short.MIN_VALUE, Short.MAX_VALUE));
        put(int.class, Integer.class, (v, out) -> out.writeNumber((Integer) v), in ->
                (int) whole(in, Integer.MIN_VALUE, Integer.MAX_VALUE));
        put(
                long.class,
                Long.class,
                (v, out) -> out.writeNumber((Long) v),
                in -> whole(in, Long.MIN_VALUE, Long.MAX_VALUE));
        put(float.class, Float.class, Scalar::fraction, in -> Float.parseFloat(fraction(in)));
        put(double.class, Double.class, Scalar::fraction, Scalar::doubled);
        put(char.class, Character.class, Scalar::character, Scalar::character);
        put(String.class, String.class, (v, out) -> JsonText.write((String) v, out), in -> in.string("a string"));
        put(BigDecimal.class, BigDecimal.class, Scalar::digits, in -> number(in, BigDecimal.class));
        put(BigInteger.class, BigInteger.class, Scalar::digits, in -> number(in, BigInteger.class));
    }

    /** The scalar of a type, or null for one that has no text either. */
    static @Nullable Scalar find(Class<?> type) {
        Scalar found = NATIVE.get(type);
        if (found != null) {
            return found;
        }
        Text text = Text.find(type);
        return text == null
                ? null
                : new Scalar(
                        type,
                        (value, out) -> out.writeString(text.of(value)),
                        in -> text.parse(in.string(type.getName() + " as text")));
    }

    boolean primitive() {
        return type.isPrimitive();
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        writer.write(value, out);
    }

    @Override
    public Object read(Source in) throws IOException {
        return reader.read(in);
    }

    private static void put(Class<?> primitive, Class<?> boxed, Write write, Read read) {
        NATIVE.put(primitive, new Scalar(primitive, write, read));
        NATIVE.put(boxed, new Scalar(boxed, write, read));
    }

    private static Object bool(Source in) {
        return switch (in.token()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw in.unexpected("true or false");
        };
    }

    private static long whole(Source in, long least, long most) throws IOException {
        in.require(JsonToken.VALUE_NUMBER_INT, "a whole number");
        long value = in.parser.getLongValue();
        if (value < least || value > most) {
            throw Refusal.malformed("a whole number out of range (expected: " + least + " to " + most + ")");
        }
        return value;
    }

    /** NaN and the infinities, which JSON numbers leave out, are text. */
    private static void fraction(Object value, JsonGenerator out) throws IOException {
        if (Double.isFinite(((Number) value).doubleValue())) {
            out.writeNumber(value.toString());
        } else {
            out.writeString(value.toString());
        }
    }

    private static String fraction(Source in) throws IOException {
        String text = in.parser.getText();
        return switch (in.token()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> text;
            case VALUE_STRING ->
                switch (text) {
                    case "NaN", "Infinity", "-Infinity" -> text;
                    default -> throw in.unexpected("a number, NaN, Infinity or -Infinity");
                };
            default -> throw in.unexpected("a number");
        };
    }

    private static Object doubled(Source in) throws IOException {
        return in.token() == JsonToken.VALUE_NUMBER_FLOAT
                ? in.parser.getDoubleValue()
                : Double.parseDouble(fraction(in));
    }

    private static void digits(Object value, JsonGenerator out) throws IOException {
        Text text = Text.find(value.getClass());
        if (text == null) {
            throw Refusal.notSerializable(
                    "a " + value.getClass().getName() + ", a subclass", "pass exactly the declared type");
        }
        out.writeNumber(text.of(value));
    }

    private static Object number(Source in, Class<?> type) throws IOException {
        boolean fits = in.token() == JsonToken.VALUE_NUMBER_INT
                || (in.token() == JsonToken.VALUE_NUMBER_FLOAT && type == BigDecimal.class);
        Text text = Text.find(type);
        if (!fits || text == null) {
            throw in.unexpected("a number");
        }
        return text.parse(in.parser.getText());
    }

    private static void character(Object value, JsonGenerator out) throws IOException {
        char c = (Character) value;
        if (Character.isSurrogate(c)) {
            out.writeNumber(c);
        } else {
            out.writeString(String.valueOf(c));
        }
    }

    private static Object character(Source in) throws IOException {
        if (in.token() == JsonToken.VALUE_NUMBER_INT) {
            return (char) whole(in, 0, Character.MAX_VALUE);
        }
        String text = in.string("one character");
        if (text.length() != 1) {
            throw Refusal.malformed("text of " + text.length() + " characters (expected: 1)");
        }
        return text.charAt(0);
    }
}
