package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that arrives in fragments. Its memory grows with the bytes that have come, by parts of which each is as large as all
 * before it, up to {@value #MOST_OF_PART} bytes, and never by what the sender announced: an announcement costs the receiver
 * nothing, and the I/O thread copies no byte twice.
 *
 * @param <H> the head that came with the first fragment
 */
final class Assembly<H> {
    private static final int MOST_OF_PART = 1 << 20;

    private final H head;
    private final @Nullable Packing packing;
    private final int total;
    private final List<byte[]> parts = new ArrayList<>();

    /** The last of the parts, and how much of it is taken. */
    private byte[] part;

    private int taken;
    private int size;
    private int uncredited;

    /**
     * @param packing how the body is compressed; null if it is not
     * @param first the input behind the head and the announced length
     */
    Assembly(H head, @Nullable Packing packing, int total, WireInput first) {
        this.head = head;
        this.packing = packing;
        if (packing != null) {
            packing.check(total);
        }
        this.total = total;
        checkRoom(first.remaining());
        part = first.readBytes(first.remaining());
        parts.add(part);
        taken = part.length;
        size = part.length;
        uncredited = size;
    }

    H head() {
        return head;
    }

    int size() {
        return size;
    }

    void append(ByteBuf in, int count) {
        checkRoom(count);
        int left = count;
        while (left > 0) {
            if (taken == part.length) {
                part = new byte[Math.min(total - size, Math.max(left, Math.min(size, MOST_OF_PART)))];
                parts.add(part);
                taken = 0;
            }
            int fits = Math.min(left, part.length - taken);
            in.readBytes(part, taken, fits);
            taken += fits;
            size += fits;
            left -= fits;
        }
        uncredited += count;
    }

    /** How many bytes may come in place of those that came; 0 as long as they are few, or nothing is missing. */
    int credit() {
        if (size == total || uncredited < Outbox.WINDOW / 2) {
            return 0;
        }
        int credit = uncredited;
        uncredited = 0;
        return credit;
    }

    WireInput whole() {
        if (size != total) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR, "a message ended after " + size + " bytes (announced: " + total + ")");
        }
        WireInput whole =
                parts.size() == 1 ? new WireInput(part, 0, size) : WireInput.of(parts.toArray(byte[][]::new), size);
        return packing == null ? whole : packing.unpacked(whole);
    }

    private void checkRoom(int count) {
        if ((long) size + count > total) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR,
                    "a message of at least " + ((long) size + count) + " bytes (announced: " + total + ")");
        }
    }
}
