package io.bowline.rpc.wire;

import org.jspecify.annotations.Nullable;

/**
 * Writes and reads values of one declared type. Thread-safe; keeps nothing of a call.
 *
 * <p>A value that comes out equals the one that went in. What cannot be kept is refused: at build by the
 * {@link Serializer}, and where only the value shows it (a cycle, an unregistered subtype) by {@code write}.
 */
public interface Codec {
    /**
     * Appends the value.
     *
     * @throws io.bowline.rpc.RpcException {@code NOT_SERIALIZABLE} for a value that cannot be kept
     */
    void write(@Nullable Object value, WireOutput out);

    /**
     * Reads one value, which takes all that remains of the input.
     *
     * @throws io.bowline.rpc.RpcException {@code MALFORMED_DATA} for bytes that are none, for a type outside the gate
     *     and for a breach of a bound; never anything else, whatever the bytes
     */
    @Nullable
    Object read(WireInput in);
}
