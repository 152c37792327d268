package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call to every provider, as {@link BroadcastPolicy} does, and makes one result of theirs: of providers that each
 * hold a part. Null results are left out; if all are null, the result is.
 *
 * @param merger makes one of the results, of which there is at least one, in the order of the providers' addresses; null
 *     for that of the method's declared result: a {@code List}, {@code Collection} or {@code Iterable} of all elements, the
 *     union of {@code Set}s, the union of {@code Map}s (values of one key are merged in turn or, if they cannot be, the first
 *     stands), the sum of numbers, which fails where it does not fit. Must be quick and not block
 * @param tolerated the part of the providers that may fail without failing the call, 0 to below 1
 */
public record MergePolicy(@Nullable Function<? super List<?>, ?> merger, double tolerated) implements CallStrategy {
    /** Merges what the method declares; fails if one provider fails. */
    public static final MergePolicy DEFAULT = new MergePolicy(null, 0);

    public MergePolicy {
        if (!(tolerated >= 0 && tolerated < 1)) {
            throw new IllegalArgumentException("tolerated: " + tolerated + " (expected: 0 to below 1)");
        }
    }

    /**
     * Merges results in a way of the caller's own.
     *
     * @param <T> what the method returns
     */
    @SuppressWarnings("unchecked") // The results are what the method returns.
    public static <T> MergePolicy by(Function<List<T>, T> merger) {
        return new MergePolicy(results -> merger.apply((List<T>) results), 0);
    }

    @Override
    public String name() {
        return "mergeable";
    }

    @Override
    public boolean needsAll() {
        return true;
    }

    @Override
    public List<Filter> filters(Surroundings surroundings) {
        Function<? super List<?>, ?> merging = merger == null ? ofResult(surroundings.method()) : merger;
        return List.of(new BroadcastFilter(tolerated, answers -> merged(merging, answers)));
    }

    private static Function<? super List<?>, ?> ofResult(RpcMethod method) {
        Function<List<?>, Object> known = Mergers.of(method.resultType());
        if (known == null) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "no merger for " + method.resultType().getTypeName() + ", the result of " + method
                            + " (expected: a List, Collection, Iterable, Set, Map or number, or MergePolicy.by(…))");
        }
        return known;
    }

    private static Response merged(Function<? super List<?>, ?> merging, List<Response> answers) {
        List<Object> results = new ArrayList<>(answers.size());
        for (Response answer : answers) {
            if (answer.value() != null) {
                results.add(answer.value());
            }
        }
        return Response.of(results.isEmpty() ? null : merging.apply(results));
    }
}
