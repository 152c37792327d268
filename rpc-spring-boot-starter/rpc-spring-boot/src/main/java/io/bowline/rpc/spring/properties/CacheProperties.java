package io.bowline.rpc.spring.properties;

import io.bowline.rpc.filter.CachePolicy;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the answers of a method are kept.
 *
 * @param maxEntries Answers kept at most. 1000 by default where a time is set.
 * @param ttl How long an answer may be given. 1s by default.
 * @param refresh The age from which an answer that is asked for is fetched anew behind the caller's back. Never by default.
 * @param labels The metadata labels that make a difference, beside the arguments. All by default.
 */
public record CacheProperties(
        @Nullable Integer maxEntries,
        @Nullable Duration ttl,
        @Nullable Duration refresh,
        @Nullable Set<String> labels) {
    private static final int ENTRIES = 1_000;

    CachePolicy policy() {
        CachePolicy base = CachePolicy.OFF;
        return new CachePolicy(
                Said.or(maxEntries, ENTRIES), Said.or(ttl, base.ttl()), Said.or(refresh, base.refresh()), labels);
    }
}
