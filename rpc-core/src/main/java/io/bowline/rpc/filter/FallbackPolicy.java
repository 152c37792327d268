package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * For which failures a fallback answers. Calls that are {@linkplain Degradation degraded} by force are answered by it
 * whatever the policy.
 *
 * @param codes the failures; never {@code CANCELLED}, for a caller who cancelled wants no answer
 */
public record FallbackPolicy(Set<Code> codes) {
    /**
     * Whatever is nobody's decision: the network, time, load, defects. Not what the service threw itself, nor what tells
     * the caller of a mistake of its own or of a right that it does not have.
     */
    public static final FallbackPolicy DEFAULT = new FallbackPolicy(EnumSet.complementOf(EnumSet.of(
            Code.APPLICATION,
            Code.CANCELLED,
            Code.NOT_SERIALIZABLE,
            Code.INVALID_CONFIGURATION,
            Code.BLOCKING_CALL,
            Code.CLOSED,
            Code.UNAUTHENTICATED,
            Code.PERMISSION_DENIED)));

    /** Nothing: a fallback answers degraded calls only. */
    public static final FallbackPolicy DEGRADED_ONLY = new FallbackPolicy(Set.of());

    public FallbackPolicy {
        if (codes.contains(Code.CANCELLED)) {
            throw new IllegalArgumentException(
                    "codes: " + codes.stream().sorted().map(Code::label).collect(Collectors.joining(", "))
                            + " (expected: without " + Code.CANCELLED.label() + ")");
        }
        codes = Set.copyOf(codes);
    }

    /** These failures, too: {@link Code#APPLICATION} for what the service throws itself. */
    public FallbackPolicy and(Code... more) {
        EnumSet<Code> all = EnumSet.noneOf(Code.class);
        all.addAll(codes);
        all.addAll(Set.of(more));
        return new FallbackPolicy(all);
    }

    boolean covers(RpcException failure) {
        return codes.contains(failure.code());
    }
}
