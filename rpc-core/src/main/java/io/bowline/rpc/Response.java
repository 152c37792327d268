package io.bowline.rpc;

import org.jspecify.annotations.Nullable;

/**
 * A success. A failure is an {@link RpcException} and never a response.
 *
 * @param value what the service returned; null for {@code void} and for a null result
 * @param metadata labels that the server sent along
 */
public record Response(@Nullable Object value, Metadata metadata) {
    private static final Response EMPTY = new Response(null, Metadata.EMPTY);

    /** A response without metadata. */
    public static Response of(@Nullable Object value) {
        return value == null ? EMPTY : new Response(value, Metadata.EMPTY);
    }

    /** Never shows the value: responses end up in logs. */
    @Override
    public String toString() {
        return "Response[" + (value == null ? "null" : value.getClass().getName()) + "]";
    }
}
