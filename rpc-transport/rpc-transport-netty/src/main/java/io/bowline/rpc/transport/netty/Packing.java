package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Compression;
import io.bowline.rpc.wire.WireInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a head says of a compressed body. It is judged by what it says before a byte is decompressed; that is done by who reads
 * the body, in memory of just the size that was judged.
 *
 * @param by reads the body
 * @param size of the body when it is decompressed
 */
record Packing(Compression by, int size) {
    /** A body may be so many times as long as its compressed form: more than text has, less than a bomb wants. */
    static final int MOST_TIMES = 256;

    /** Whether a body of so many bytes may have come out of so few. */
    static boolean isCredible(int size, int packed) {
        return size <= (long) packed * MOST_TIMES;
    }

    /**
     * Reads what stands in a head; null if the flags say that the body is as it is.
     *
     * @throws RpcException when it cannot be taken
     */
    static @Nullable Packing read(int flags, WireInput in, NettyOptions own) {
        if ((flags & Frames.COMPRESSED) == 0) {
            return null;
        }
        int number = in.readVarInt();
        List<Compression> algorithms = own.compression().algorithms();
        if (number < 0 || number >= algorithms.size()) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR,
                    "compression number " + (number & 0xffff_ffffL) + " (expected: less than " + algorithms.size()
                            + ", the place in " + own.compression().names() + ")");
        }
        int size = in.readVarInt();
        if (size < 0 || size > own.limits().maxMessage()) {
            throw RpcException.of(
                    Code.PAYLOAD_TOO_LARGE,
                    "a compressed message of " + (size & 0xffff_ffffL) + " bytes (expected: at most "
                            + own.limits().maxMessage() + ")");
        }
        return new Packing(algorithms.get(number), size);
    }

    /** A body that is there, in memory that is used again. */
    static WireInput open(@Nullable Packing packing, WireInput body) {
        if (packing == null) {
            return body;
        }
        packing.check(body.remaining());
        return packing.unpacked(new WireInput(body.readBytes(body.remaining())));
    }

    /**
     * To be asked as soon as the length of the compressed form is known.
     *
     * @throws RpcException when so little cannot honestly become so much
     */
    void check(int packed) {
        if (!isCredible(size, packed)) {
            throw RpcException.of(
                    Code.PAYLOAD_TOO_LARGE,
                    packed + " bytes of " + by.name() + " that would become " + size + " (expected: at most "
                            + MOST_TIMES + " times as many)");
        }
    }

    /** The body, decompressed by who reads it. */
    WireInput unpacked(WireInput packed) {
        return WireInput.of(size, () -> unpack(packed));
    }

    private byte[] unpack(WireInput packed) {
        byte[] body = new byte[size];
        int length = packed.remaining();
        int count;
        try {
            count = by.decompress(packed.array(), packed.position(), length, body);
        } catch (RuntimeException damaged) {
            throw RpcException.of(
                    Code.MALFORMED_DATA, "cannot read: " + length + " bytes of damaged " + by.name(), damaged);
        }
        if (count != size) {
            throw RpcException.of(
                    Code.MALFORMED_DATA,
                    "cannot read: " + length + " bytes of " + by.name() + " that are not " + size + " bytes, as said");
        }
        return body;
    }
}
