package io.bowline.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider told of an exception: enough to understand it where its class is not known. Held as text; nothing in
 * it is ever loaded or run.
 *
 * @param type the exception's class name
 * @param message its message
 * @param stack the top of its stack, a frame a line, trimmed by the provider
 * @param cause what caused it, with the same fields
 * @param node the provider that threw it, as {@code host:port}; empty when unknown
 */
public record RemoteFailure(
        String type,
        @Nullable String message,
        List<String> stack,
        @Nullable RemoteFailure cause,
        String node) {
    public RemoteFailure {
        stack = List.copyOf(stack);
    }

    /** {@code demo.OutOfStock: none left}. */
    public String headline() {
        return message == null ? type : type + ": " + message;
    }
}
