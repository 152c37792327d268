package io.bowline.rpc.serialization.protostuff;

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

/** Codecs of {@code java.time}: the numbers that each value is made of, as variable integers. */
final class Times {
    static final ValueCodec INSTANT = Scalars.parts(
            Instant.class,
            (value, out) -> {
                out.zigzag(value.getEpochSecond());
                out.varInt(value.getNano());
            },
            in -> Instant.ofEpochSecond(in.zigzagLong(), nanos(in)));
    static final ValueCodec DURATION = Scalars.parts(
            Duration.class,
            (value, out) -> {
                out.zigzag(value.getSeconds());
                out.varInt(value.getNano());
            },
            in -> Duration.ofSeconds(in.zigzagLong(), nanos(in)));
    static final ValueCodec PERIOD = Scalars.parts(
            Period.class,
            (value, out) -> {
                out.zigzag(value.getYears());
                out.zigzag(value.getMonths());
                out.zigzag(value.getDays());
            },
            in -> Period.of(in.zigzagInt(), in.zigzagInt(), in.zigzagInt()));
    static final ValueCodec DATE =
            Scalars.of(Wire.VARINT, LocalDate.class, (value, out) -> out.zigzag(value.toEpochDay()), Times::date);
    static final ValueCodec TIME =
            Scalars.of(Wire.VARINT, LocalTime.class, (value, out) -> out.varLong(value.toNanoOfDay()), Times::time);
    static final ValueCodec DATE_TIME =
            Scalars.parts(LocalDateTime.class, Times::write, in -> LocalDateTime.of(date(in), time(in)));
    static final ValueCodec OFFSET_TIME = Scalars.parts(
            OffsetTime.class,
            (value, out) -> {
                out.varLong(value.toLocalTime().toNanoOfDay());
                out.zigzag(value.getOffset().getTotalSeconds());
            },
            in -> OffsetTime.of(time(in), offset(in)));
    static final ValueCodec OFFSET_DATE_TIME = Scalars.parts(
            OffsetDateTime.class,
            (value, out) -> {
                write(value.toLocalDateTime(), out);
                out.zigzag(value.getOffset().getTotalSeconds());
            },
            in -> OffsetDateTime.of(date(in), time(in), offset(in)));
    static final ValueCodec ZONED_DATE_TIME = Scalars.parts(
            ZonedDateTime.class,
            (value, out) -> {
                write(value.toLocalDateTime(), out);
                out.zigzag(value.getOffset().getTotalSeconds());
                out.text(value.getZone().getId());
            },
            in -> ZonedDateTime.ofInstant(LocalDateTime.of(date(in), time(in)), offset(in), ZoneId.of(in.text())));
    static final ValueCodec YEAR = Scalars.of(
            Wire.VARINT, Year.class, (value, out) -> out.zigzag(value.getValue()), in -> Year.of(in.zigzagInt()));
    static final ValueCodec YEAR_MONTH = Scalars.parts(
            YearMonth.class,
            (value, out) -> {
                out.zigzag(value.getYear());
                out.varInt(value.getMonthValue());
            },
            in -> YearMonth.of(in.zigzagInt(), in.varInt()));
    static final ValueCodec MONTH_DAY = Scalars.parts(
            MonthDay.class,
            (value, out) -> {
                out.varInt(value.getMonthValue());
                out.varInt(value.getDayOfMonth());
            },
            in -> MonthDay.of(in.varInt(), in.varInt()));
    static final ValueCodec ZONE =
            Scalars.of(Wire.LENGTH, ZoneId.class, (value, out) -> out.text(value.getId()), in -> ZoneId.of(in.text()));
    static final ValueCodec OFFSET = Scalars.of(
            Wire.VARINT, ZoneOffset.class, (value, out) -> out.zigzag(value.getTotalSeconds()), Times::offset);

    private Times() {}

    private static void write(LocalDateTime value, Writer out) {
        out.zigzag(value.toLocalDate().toEpochDay());
        out.varLong(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDate date(Reader in) {
        return LocalDate.ofEpochDay(in.zigzagLong());
    }

    private static LocalTime time(Reader in) {
        return LocalTime.ofNanoOfDay(in.varLong());
    }

    private static ZoneOffset offset(Reader in) {
        return ZoneOffset.ofTotalSeconds(in.zigzagInt());
    }

    private static int nanos(Reader in) {
        int nanos = in.varInt();
        if (nanos < 0 || nanos > 999_999_999) {
            throw Reader.malformed("nanoseconds of " + nanos + " (expected: 0 to 999999999)");
        }
        return nanos;
    }
}
