package io.bowline.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one attempt of a call.
 *
 * @param provider whom it went to
 * @param startNanos when it began, in terms of {@link Timer#nanoTime()}
 * @param tookNanos how long it lasted
 * @param phases where the time went, in order; empty unless the call was recorded
 * @param failure how it failed; null if it was answered
 */
public record Attempt(
        Address provider,
        long startNanos,
        long tookNanos,
        List<Phase> phases,
        @Nullable RpcException failure) {
    /**
     * A part of an attempt.
     *
     * @param name {@code queue}, {@code encode}, {@code wire}, {@code server queue}, {@code handler} or {@code decode}
     * @param nanos how long it took
     */
    public record Phase(String name, long nanos) {}

    public Attempt {
        phases = List.copyOf(phases);
    }
}
