package io.bowline.rpc.filter;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls of a method that are alike and under way at the same time are sent as one.
 *
 * @param active whether they are
 * @param labels the metadata labels in which calls must be alike, beside the arguments; null for all
 */
public record CoalescePolicy(boolean active, @Nullable Set<String> labels) {
    /** Each call is sent. */
    public static final CoalescePolicy OFF = new CoalescePolicy(false, null);

    /** Calls of equal arguments and metadata are one. */
    public static final CoalescePolicy IDENTICAL = new CoalescePolicy(true, null);

    public CoalescePolicy {
        labels = labels == null ? null : Set.copyOf(labels);
    }

    /** The same; of the metadata, only these labels make a difference. */
    public CoalescePolicy withLabels(String... names) {
        return new CoalescePolicy(active, Set.of(names));
    }
}
