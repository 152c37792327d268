package io.bowline.rpc.serialization.hessian;

import org.jspecify.annotations.Nullable;

/**
 * What stands before the elements of a list.
 *
 * @param type the name of its type, or null
 * @param length how many elements, or -1 where their end is marked
 */
record ListHead(@Nullable String type, int length) {
    static ListHead read(int tag, HessianReader reader) {
        if (tag >= Tags.LIST_SHORT) {
            return new ListHead(null, tag - Tags.LIST_SHORT);
        }
        if (tag >= Tags.LIST_TYPED_SHORT) {
            return new ListHead(reader.type(), tag - Tags.LIST_TYPED_SHORT);
        }
        return switch (tag) {
            case Tags.LIST_TYPED_ENDED -> new ListHead(reader.type(), -1);
            case Tags.LIST_TYPED -> new ListHead(reader.type(), reader.in.length());
            case Tags.LIST_ENDED -> new ListHead(null, -1);
            default -> new ListHead(null, reader.in.length());
        };
    }

    /** Whether another element follows the first {@code read}. */
    boolean more(int read, HessianReader reader) {
        return length < 0 ? !reader.atEnd() : read < length;
    }
}
