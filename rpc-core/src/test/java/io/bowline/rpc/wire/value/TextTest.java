package io.bowline.rpc.wire.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.RpcException;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void whatTheJdkPrintsAndDoesNotParseComesBack() {
        ZonedDateTime overlap =
                ZonedDateTime.ofLocal(LocalDateTime.of(2026, 10, 25, 2, 30), ZoneId.of("Europe/Paris"), null);
        for (Object value : List.of(
                YearMonth.of(12_345, 1),
                YearMonth.of(-12_345, 12),
                Year.of(-5),
                overlap.withEarlierOffsetAtOverlap(),
                overlap.withLaterOffsetAtOverlap(),
                overlap.withZoneSameInstant(ZoneOffset.ofHours(3)),
                OffsetDateTime.MIN,
                Duration.ofSeconds(Long.MIN_VALUE, 1),
                Instant.MIN,
                new BigDecimal("-0.00E-7"))) {
            Text text = text(value.getClass());
            assertThat(text.parse(text.of(value))).isEqualTo(value);
        }
    }

    @Test
    void anOffsetMayStandForAZone() {
        assertThat(text(ZoneId.class).parse(text(ZoneId.class).of(ZoneOffset.UTC)))
                .isEqualTo(ZoneOffset.UTC);
    }

    @Test
    @SuppressWarnings("deprecation") // the constructor that takes any text is the point
    void refusesWhatItsTextWouldLose() {
        assertThatThrownBy(() -> text(Date.class).of(new Timestamp(1)))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("java.sql.Timestamp stands where java.util.Date is declared");
        assertThatThrownBy(() -> text(Locale.class).of(new Locale("not a language")))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("no language tag");
    }

    @Test
    void textOutOfBoundsIsMalformed() {
        for (String text : List.of("9".repeat(10_001), "1e", "", "NaN")) {
            assertThatThrownBy(() -> text(BigDecimal.class).parse(text))
                    .isInstanceOf(RpcException.class)
                    .hasMessageStartingWith("RPC-MALFORMED-DATA");
        }
    }

    private static Text text(Class<?> type) {
        Text text = Text.find(type);
        assertThat(text).isNotNull();
        return text;
    }
}
