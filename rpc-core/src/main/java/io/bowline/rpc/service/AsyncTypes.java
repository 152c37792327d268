package io.bowline.rpc.service;

import io.bowline.rpc.Plugins;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The types of a library that may stand in contracts in place of {@link CompletableFuture} and {@link Flow.Publisher}. A
 * plug-in: an implementation on the class path is found by {@link java.util.ServiceLoader}. What travels is the same with each
 * of them, so the two sides of a call need not agree. Thread-safe.
 */
public interface AsyncTypes {
    /** The library's name, for messages. */
    String name();

    /** The type of one value that comes later, or none; it has one type parameter. */
    Class<?> single();

    /** The type of a stream; it has one type parameter. */
    Class<?> many();

    /** A single whose subscription makes the call; whose cancellation cancels it. */
    Object ofCall(Supplier<CompletableFuture<@Nullable Object>> call);

    /** The value of what a service returned, with a subscription to it; cancelling the future cancels that. */
    CompletableFuture<@Nullable Object> toFuture(Object single);

    /** A stream of the library, of this publisher. */
    Object ofPublisher(Flow.Publisher<Object> publisher);

    /** A publisher of a stream of the library. */
    Flow.Publisher<Object> toPublisher(Object many);

    /** Of whom a type is; null if of nobody's who is known. */
    static @Nullable AsyncTypes of(Class<?> type) {
        for (AsyncTypes types : Known.ALL) {
            if (type == types.single() || type == types.many()) {
                return types;
            }
        }
        return null;
    }

    /** The implementations on the class path, looked for once. */
    final class Known {
        private static final List<AsyncTypes> ALL =
                Plugins.load(AsyncTypes.class, AsyncTypes::name).all();

        private Known() {}
    }
}
