package io.bowline.rpc.e2e;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A value of several kinds of field. */
public record Item(long id, String name, BigDecimal price, List<String> tags, Optional<String> note) {}
