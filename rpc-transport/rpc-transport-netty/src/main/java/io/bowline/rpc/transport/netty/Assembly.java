package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A body that arrives in fragments. Its array grows with the bytes that have come, never by what the sender announced:
 * an announcement costs the receiver nothing.
 *
 * @param <H> the head that came with the first fragment
 */
final class Assembly<H> {
    private final H head;
    private final int total;
    private byte[] bytes;
    private int size;

    /** @param first the input behind the head and the announced length */
    Assembly(H head, int total, WireInput first) {
        this.head = head;
        this.total = total;
        checkRoom(first.remaining());
        this.bytes = first.readBytes(first.remaining());
        this.size = bytes.length;
    }

    H head() {
        return head;
    }

    int size() {
        return size;
    }

    void append(ByteBuf in, int count) {
        checkRoom(count);
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(total, Math.max(2L * bytes.length, (long) size + count)));
        }
        in.readBytes(bytes, size, count);
        size += count;
    }

    WireInput whole() {
        if (size != total) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR, "a message ended after " + size + " bytes (announced: " + total + ")");
        }
        return new WireInput(bytes, 0, size);
    }

    private void checkRoom(int count) {
        if ((long) size + count > total) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR,
                    "a message of at least " + ((long) size + count) + " bytes (announced: " + total + ")");
        }
    }
}
