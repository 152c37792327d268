package io.bowline.rpc.wire.shape;

import org.jspecify.annotations.Nullable;

/** The three ways behind a {@link Structure}. */
sealed interface Maker permits Records, Beans, Exceptions {
    @Nullable
    Object value(Object owner, int place);

    Object make(@Nullable Object[] values);

    default void check(Object value) {}

    default @Nullable Object begin() {
        return null;
    }

    default void fill(Object begun, int place, @Nullable Object value) {
        throw new UnsupportedOperationException("made of all its parts at once");
    }
}
