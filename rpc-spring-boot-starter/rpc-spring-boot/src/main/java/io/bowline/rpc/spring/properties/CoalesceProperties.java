package io.bowline.rpc.spring.properties;

import io.bowline.rpc.filter.CoalescePolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls that are alike and under way at the same time are sent as one.
 *
 * @param enabled Whether they are. Off by default; on where labels are set.
 * @param labels The metadata labels in which calls must be alike, beside the arguments. All by default.
 */
public record CoalesceProperties(
        @Nullable Boolean enabled, @Nullable Set<String> labels) {
    CoalescePolicy policy() {
        return new CoalescePolicy(Said.or(enabled, true), labels);
    }
}
