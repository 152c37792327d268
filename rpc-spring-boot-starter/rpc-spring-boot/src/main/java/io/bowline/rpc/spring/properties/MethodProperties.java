package io.bowline.rpc.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * Options that only single methods have: under {@code rpc.client.<name>.methods.<method>}.
 *
 * @param wholeStream Whether the timeout is for the whole of a streamed answer, rather than for its first element, as it is by
 *     default.
 * @param idempotent Whether a call may run twice, or be tried again when its outcome is unknown. As the contract says by
 *     default.
 * @param cache How long the answers are kept. They are not by default.
 * @param coalesce Whether calls that are alike and under way at the same time are sent as one. They are not by default.
 */
public record MethodProperties(
        @Nullable Boolean wholeStream,
        @Nullable Boolean idempotent,
        @Nullable CacheProperties cache,
        @Nullable CoalesceProperties coalesce) {
    /** Nothing said. */
    public static final MethodProperties SILENT = new MethodProperties(null, null, null, null);
}
