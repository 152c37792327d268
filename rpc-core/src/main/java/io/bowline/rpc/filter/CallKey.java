package io.bowline.rpc.filter;

import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes calls of one method alike: equal arguments, arrays by what is in them, and equal labels. Immutable as long
 * as nobody changes an argument.
 */
final class CallKey {
    private final @Nullable Object[] arguments;
    private final Metadata labels;
    private final int hash;

    private CallKey(@Nullable Object[] arguments, Metadata labels) {
        this.arguments = arguments;
        this.labels = labels;
        this.hash = 31 * Arrays.deepHashCode(arguments) + (labels.isEmpty() ? 0 : labels.hashCode());
    }

    /** @param names of the labels that count; null for all */
    static CallKey of(Request request, @Nullable Set<String> names) {
        Metadata labels = request.metadata();
        if (names != null && !labels.isEmpty()) {
            Metadata counting = Metadata.EMPTY;
            for (String name : names) {
                String value = labels.get(name);
                counting = value == null ? counting : counting.with(name, value);
            }
            labels = counting;
        }
        return new CallKey(request.arguments(), labels);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallKey that
                && hash == that.hash
                && Arrays.deepEquals(arguments, that.arguments)
                && labels.equals(that.labels);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
