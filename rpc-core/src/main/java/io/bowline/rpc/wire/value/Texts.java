package io.bowline.rpc.wire.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table behind {@link Text}: ISO text for dates, the canonical text of the JDK for the rest. */
@SuppressWarnings("JavaUtilDate") // users' contracts hold Dates, so they travel
final class Texts {
    /** Parsing digits takes time quadratic in their number: this many take well under a millisecond. */
    private static final int DIGITS = 10_000;

    private static final int SHORT = 256;
    private static final int LONG = 1 << 20;

    private static final Map<Class<?>, Text> BY_TYPE = new HashMap<>();

    static {
        put(String.class, Integer.MAX_VALUE, Function.identity(), Function.identity());
        put(Boolean.class, SHORT, Object::toString, Texts::bool);
        put(Byte.class, SHORT, Object::toString, Byte::valueOf);
        put(Short.class, SHORT, Object::toString, Short::valueOf);
        put(Integer.class, SHORT, Object::toString, Integer::valueOf);
        put(Long.class, SHORT, Object::toString, Long::valueOf);
        put(Float.class, SHORT, Object::toString, Float::valueOf);
        put(Double.class, SHORT, Object::toString, Double::valueOf);
        put(Character.class, 1, Object::toString, text -> text.charAt(0));
        put(BigDecimal.class, DIGITS, Object::toString, BigDecimal::new);
        put(BigInteger.class, DIGITS, Object::toString, BigInteger::new);
        put(MathContext.class, SHORT, Object::toString, MathContext::new);
        put(UUID.class, SHORT, Object::toString, UUID::fromString);
        put(URI.class, LONG, Object::toString, URI::create);
        put(Locale.class, SHORT, Texts::locale, Locale::forLanguageTag);
        put(Currency.class, SHORT, Currency::getCurrencyCode, Currency::getInstance);
        put(Date.class, SHORT, date -> Instant.ofEpochMilli(date.getTime()).toString(), Texts::date);
        put(
                BitSet.class,
                LONG,
                Texts::bits,
                text -> BitSet.valueOf(Base64.getDecoder().decode(text)));
        optionals();
        times();
    }

    private Texts() {}

    static @Nullable Text find(Class<?> type) {
        return BY_TYPE.get(type);
    }

    /** Exactly the type; the JDK hides the class of a region behind {@code ZoneId}, where an offset may stand, too. */
    static boolean holds(Class<?> type, Object value) {
        return value.getClass() == type || (type == ZoneId.class && value instanceof ZoneId);
    }

    private static void optionals() {
        put(
                OptionalInt.class,
                SHORT,
                value -> value.isPresent() ? Integer.toString(value.getAsInt()) : "",
                text -> text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text)));
        put(
                OptionalLong.class,
                SHORT,
                value -> value.isPresent() ? Long.toString(value.getAsLong()) : "",
                text -> text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text)));
        put(
                OptionalDouble.class,
                SHORT,
                value -> value.isPresent() ? Double.toString(value.getAsDouble()) : "",
                text -> text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text)));
    }

    private static void times() {
        put(Instant.class, SHORT, Object::toString, Instant::parse);
        put(Duration.class, SHORT, Object::toString, Duration::parse);
        put(Period.class, SHORT, Object::toString, Period::parse);
        put(LocalDate.class, SHORT, Object::toString, LocalDate::parse);
        put(LocalTime.class, SHORT, Object::toString, LocalTime::parse);
        put(LocalDateTime.class, SHORT, Object::toString, LocalDateTime::parse);
        put(OffsetTime.class, SHORT, Object::toString, OffsetTime::parse);
        put(OffsetDateTime.class, SHORT, Object::toString, OffsetDateTime::parse);
        put(ZonedDateTime.class, SHORT, Texts::zoned, Texts::zoned);
        put(Year.class, SHORT, Object::toString, text -> Year.of(Integer.parseInt(text)));
        // Above year 9999 the JDK's parser wants the sign that its toString leaves out.
        put(YearMonth.class, SHORT, value -> (value.getYear() > 9999 ? "+" : "") + value, YearMonth::parse);
        put(MonthDay.class, SHORT, Object::toString, MonthDay::parse);
        put(ZoneOffset.class, SHORT, ZoneOffset::getId, ZoneOffset::of);
        put(ZoneId.class, SHORT, ZoneId::getId, ZoneId::of);
    }

    private static <T> void put(Class<T> type, int longest, Function<T, String> write, Function<String, T> read) {
        BY_TYPE.put(type, new Text(type, longest, value -> write.apply(type.cast(value)), read::apply));
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected: true or false");
        };
    }

    private static Date date(String text) {
        return new Date(Instant.parse(text).toEpochMilli());
    }

    private static String bits(BitSet bits) {
        return Base64.getEncoder().encodeToString(bits.toByteArray());
    }

    private static String locale(Locale locale) {
        String tag = locale.toLanguageTag();
        if (!Locale.forLanguageTag(tag).equals(locale)) {
            throw Refusal.notSerializable("a Locale that has no language tag", "pass one that BCP 47 can say");
        }
        return tag;
    }

    /** Offset and zone apart: where clocks are set back, the local time alone stands for two instants. */
    private static String zoned(ZonedDateTime time) {
        return time.toOffsetDateTime() + "[" + time.getZone().getId() + "]";
    }

    private static ZonedDateTime zoned(String text) {
        int bracket = text.indexOf('[');
        if (bracket < 0) {
            return ZonedDateTime.parse(text);
        }
        OffsetDateTime time = OffsetDateTime.parse(text.substring(0, bracket));
        ZoneId zone = ZoneId.of(text.substring(bracket + 1, text.length() - 1));
        return ZonedDateTime.ofInstant(time.toLocalDateTime(), time.getOffset(), zone);
    }
}
