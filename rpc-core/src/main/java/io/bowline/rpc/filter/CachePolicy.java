package io.bowline.rpc.filter;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the answers of a method are kept by a client, and how many.
 *
 * @param maxEntries answers kept at most; 0 for no cache. Which of too many stay is decided by how often and how lately
 *     they were asked for (Window TinyLFU)
 * @param ttl how long after it came an answer may be given; more than zero
 * @param refresh the age from which an answer that is asked for is fetched anew behind the caller's back; zero for never,
 *     else less than {@code ttl}
 * @param labels the metadata labels that make a difference to the answer, beside the arguments; null for all
 */
public record CachePolicy(
        int maxEntries,
        Duration ttl,
        Duration refresh,
        @Nullable Set<String> labels) {
    /** Nothing is kept. */
    public static final CachePolicy OFF = new CachePolicy(0, Duration.ofSeconds(1), Duration.ZERO, null);

    public CachePolicy {
        if (maxEntries < 0) {
            throw new IllegalArgumentException("maxEntries: " + maxEntries + " (expected: >= 0)");
        }
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl: " + ttl + " (expected: > 0)");
        }
        if (refresh.isNegative() || refresh.compareTo(ttl) >= 0) {
            throw new IllegalArgumentException("refresh: " + refresh + " (expected: 0, or less than ttl: " + ttl + ")");
        }
        labels = labels == null ? null : Set.copyOf(labels);
    }

    /** So many answers, each for so long. */
    public static CachePolicy of(int maxEntries, Duration ttl) {
        return new CachePolicy(maxEntries, ttl, Duration.ZERO, null);
    }

    /** The same; an answer of this age that is asked for is given and fetched anew. */
    public CachePolicy withRefresh(Duration age) {
        return new CachePolicy(maxEntries, ttl, age, labels);
    }

    /** The same; of the metadata, only these labels make a difference. */
    public CachePolicy withLabels(String... names) {
        return new CachePolicy(maxEntries, ttl, refresh, Set.of(names));
    }

    /** Whether it keeps anything. */
    public boolean active() {
        return maxEntries > 0;
    }
}
