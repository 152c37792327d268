package io.bowline.rpc.wire.value;

import org.jspecify.annotations.Nullable;

/** The two ways behind a {@link Structure}. */
sealed interface Maker permits Shaped, Exceptions {
    @Nullable
    Object value(Object owner, int place);

    Object start();

    void fill(Object draft, int place, @Nullable Object value);

    Object finish(Object draft);

    default void check(Object value) {}
}
