package io.bowline.rpc.serialization.protostuff;

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
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The codecs of the JDK's values, and the order in which open places number them. */
@SuppressWarnings("JavaUtilDate") // users declare it all the same
final class JdkCodecs {
    /** On the wire: append only. Number 1 is the first; those up to 15 have a tag of one byte. */
    static final List<Class<?>> ORDER = List.of(
            String.class,
            Integer.class,
            Long.class,
            Boolean.class,
            Double.class,
            BigDecimal.class,
            List.class,
            Map.class,
            Instant.class,
            Set.class,
            byte[].class,
            UUID.class,
            LocalDate.class,
            LocalDateTime.class,
            Object[].class,
            Byte.class,
            Short.class,
            Character.class,
            Float.class,
            BigInteger.class,
            MathContext.class,
            Duration.class,
            Period.class,
            LocalTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            ZoneId.class,
            ZoneOffset.class,
            URI.class,
            Locale.class,
            Currency.class,
            Date.class,
            BitSet.class,
            Optional.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            SortedSet.class,
            SortedMap.class,
            Deque.class,
            String[].class,
            boolean[].class,
            short[].class,
            char[].class,
            int[].class,
            long[].class,
            float[].class,
            double[].class);

    private static final Map<Class<?>, ValueCodec> VALUES = new HashMap<>();

    static {
        VALUES.put(void.class, Others.NOTHING);
        VALUES.put(Void.class, Others.NOTHING);
        VALUES.put(boolean.class, Scalars.BOOLEAN);
        VALUES.put(byte.class, Scalars.BYTE);
        VALUES.put(short.class, Scalars.SHORT);
        VALUES.put(char.class, Scalars.CHARACTER);
        VALUES.put(int.class, Scalars.INTEGER);
        VALUES.put(long.class, Scalars.LONG);
        VALUES.put(float.class, Scalars.FLOAT);
        VALUES.put(double.class, Scalars.DOUBLE);
        VALUES.put(Boolean.class, Scalars.BOOLEAN);
        VALUES.put(Byte.class, Scalars.BYTE);
        VALUES.put(Short.class, Scalars.SHORT);
        VALUES.put(Character.class, Scalars.CHARACTER);
        VALUES.put(Integer.class, Scalars.INTEGER);
        VALUES.put(Long.class, Scalars.LONG);
        VALUES.put(Float.class, Scalars.FLOAT);
        VALUES.put(Double.class, Scalars.DOUBLE);
        VALUES.put(String.class, Scalars.TEXT);
        VALUES.put(BigDecimal.class, Others.BIG_DECIMAL);
        VALUES.put(BigInteger.class, Others.BIG_INTEGER);
        VALUES.put(MathContext.class, Others.MATH_CONTEXT);
        VALUES.put(UUID.class, Others.UUID_VALUE);
        VALUES.put(URI.class, Others.URI_VALUE);
        VALUES.put(Locale.class, Others.LOCALE);
        VALUES.put(Currency.class, Others.CURRENCY);
        VALUES.put(Date.class, Others.DATE);
        VALUES.put(BitSet.class, Others.BIT_SET);
        VALUES.put(OptionalInt.class, Others.OPTIONAL_INT);
        VALUES.put(OptionalLong.class, Others.OPTIONAL_LONG);
        VALUES.put(OptionalDouble.class, Others.OPTIONAL_DOUBLE);
        VALUES.put(Instant.class, Times.INSTANT);
        VALUES.put(Duration.class, Times.DURATION);
        VALUES.put(Period.class, Times.PERIOD);
        VALUES.put(LocalDate.class, Times.DATE);
        VALUES.put(LocalTime.class, Times.TIME);
        VALUES.put(LocalDateTime.class, Times.DATE_TIME);
        VALUES.put(OffsetTime.class, Times.OFFSET_TIME);
        VALUES.put(OffsetDateTime.class, Times.OFFSET_DATE_TIME);
        VALUES.put(ZonedDateTime.class, Times.ZONED_DATE_TIME);
        VALUES.put(Year.class, Times.YEAR);
        VALUES.put(YearMonth.class, Times.YEAR_MONTH);
        VALUES.put(MonthDay.class, Times.MONTH_DAY);
        VALUES.put(ZoneId.class, Times.ZONE);
        VALUES.put(ZoneOffset.class, Times.OFFSET);
    }

    private JdkCodecs() {}

    /** The codec of a value's class, or null. */
    static @Nullable ValueCodec value(Class<?> type) {
        return VALUES.get(type);
    }
}
