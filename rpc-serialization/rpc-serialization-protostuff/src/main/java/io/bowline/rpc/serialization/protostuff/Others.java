package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Codecs of the JDK's other values. */
final class Others {
    static final ValueCodec BIG_INTEGER = Scalars.of(
            Wire.LENGTH,
            BigInteger.class,
            (value, out) -> out.bytes(exact(BigInteger.class, value).toByteArray()),
            in -> new BigInteger(in.raw(in.length())));
    static final ValueCodec BIG_DECIMAL = Scalars.parts(
            BigDecimal.class,
            (value, out) -> {
                out.zigzag(exact(BigDecimal.class, value).scale());
                out.raw(value.unscaledValue().toByteArray());
            },
            in -> {
                int scale = in.zigzagInt();
                return new BigDecimal(new BigInteger(in.raw(in.remaining())), scale);
            });
    static final ValueCodec MATH_CONTEXT = Scalars.of(
            Wire.LENGTH,
            MathContext.class,
            (value, out) -> out.text(value.toString()),
            in -> new MathContext(in.text()));
    static final ValueCodec UUID_VALUE = Scalars.parts(
            UUID.class,
            (value, out) -> {
                out.fixed64(value.getMostSignificantBits());
                out.fixed64(value.getLeastSignificantBits());
            },
            in -> new UUID(in.fixed64(), in.fixed64()));
    static final ValueCodec URI_VALUE =
            Scalars.of(Wire.LENGTH, URI.class, (value, out) -> out.text(value.toString()), in -> URI.create(in.text()));
    static final ValueCodec LOCALE =
            Scalars.of(Wire.LENGTH, Locale.class, Others::writeLocale, in -> Locale.forLanguageTag(in.text()));
    static final ValueCodec CURRENCY = Scalars.of(
            Wire.LENGTH,
            Currency.class,
            (value, out) -> out.text(value.getCurrencyCode()),
            in -> Currency.getInstance(in.text()));

    @SuppressWarnings("JavaUtilDate") // users declare it all the same
    static final ValueCodec DATE = Scalars.of(
            Wire.VARINT,
            Date.class,
            (value, out) -> out.zigzag(exact(Date.class, value).getTime()),
            in -> new Date(in.zigzagLong()));

    static final ValueCodec BIT_SET = Scalars.of(
            Wire.LENGTH,
            BitSet.class,
            (value, out) -> out.bytes(exact(BitSet.class, value).toByteArray()),
            in -> BitSet.valueOf(in.raw(in.length())));
    static final ValueCodec OPTIONAL_INT = Scalars.parts(
            OptionalInt.class,
            (value, out) -> value.ifPresent(out::zigzag),
            in -> in.more() ? OptionalInt.of(in.zigzagInt()) : OptionalInt.empty());
    static final ValueCodec OPTIONAL_LONG = Scalars.parts(
            OptionalLong.class,
            (value, out) -> value.ifPresent(out::zigzag),
            in -> in.more() ? OptionalLong.of(in.zigzagLong()) : OptionalLong.empty());
    static final ValueCodec OPTIONAL_DOUBLE = Scalars.parts(
            OptionalDouble.class,
            (value, out) -> value.ifPresent(present -> out.fixed64(Double.doubleToRawLongBits(present))),
            in -> in.more() ? OptionalDouble.of(Double.longBitsToDouble(in.fixed64())) : OptionalDouble.empty());
    /** Nothing has no value to write. */
    static final ValueCodec NOTHING = Scalars.of(Wire.VARINT, Void.class, (value, out) -> {}, in -> {
        throw Reader.malformed("a value where there is none");
    });

    private Others() {}

    private static void writeLocale(Locale value, Writer out) {
        String tag = value.toLanguageTag();
        if (!Locale.forLanguageTag(tag).equals(value)) {
            throw refused("the locale " + value + " has no language tag of its own");
        }
        out.text(tag);
    }

    /** A subclass may hold more than what is written: {@code java.sql.Timestamp} in a {@code Date}. */
    private static <T> T exact(Class<T> declared, T value) {
        if (value.getClass() != declared) {
            throw refused("a " + value.getClass().getName() + " stands where " + declared.getName() + " is declared");
        }
        return value;
    }

    static RpcException refused(String what) {
        return RpcException.unprocessed(Code.NOT_SERIALIZABLE, what + ", and would not arrive as it is");
    }
}
