package io.bowline.examples.parts;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract. It knows neither of the filter nor of the serializer. */
public interface Orders {
    Receipt place(Order order);

    record Order(List<Line> lines, @Nullable String note) {}

    record Line(String article, int pieces, BigDecimal price) {}

    /** Who pays, how much, and what was noted. */
    record Receipt(
            String tenant, BigDecimal total, @Nullable String note) {}
}
