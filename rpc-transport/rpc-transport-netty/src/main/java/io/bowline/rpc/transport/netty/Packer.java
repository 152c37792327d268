package io.bowline.rpc.transport.netty;

import io.bowline.rpc.wire.Compression;
import io.bowline.rpc.wire.WireOutput;
import org.jspecify.annotations.Nullable;

/**
 * How bodies are written for a peer. Thread-safe.
 *
 * @param most the longest body that it takes
 * @param by compresses bodies; null if none are
 * @param number of the algorithm, its place in the peer's list
 * @param above only bodies of more bytes are compressed
 */
record Packer(int most, @Nullable Compression by, int number, int above) {
    /** For bodies that every peer takes. */
    static final Packer UNBOUNDED = new Packer(Integer.MAX_VALUE - 16, null, 0, NettyCompression.NEVER);

    /** What both sides have agreed on. */
    static Packer agreed(NettyOptions own, Hello peer) {
        int most = Math.min(own.limits().maxMessage(), peer.maxMessage());
        int above = own.compression().above();
        if (above != NettyCompression.NEVER) {
            for (Compression each : own.compression().algorithms()) {
                int number = peer.compressions().indexOf(each.name());
                if (number >= 0) {
                    return new Packer(most, each, number, above);
                }
            }
        }
        return new Packer(most, null, 0, NettyCompression.NEVER);
    }

    /** The same without compression. */
    Packer plain() {
        return by == null ? this : new Packer(most, null, 0, NettyCompression.NEVER);
    }

    /**
     * A body in compressed form; null if it is to be sent as it is, since the compressed form is no shorter, or so short that
     * the peer would take it for a bomb.
     */
    @Nullable
    WireOutput pack(byte[] body, int length) {
        if (by == null || length <= above) {
            return null;
        }
        WireOutput packed = new WireOutput();
        by.compress(body, length, packed);
        return packed.size() < length && Packing.isCredible(length, packed.size()) ? packed : null;
    }

    /** Writes into a head what {@link Packing#read} reads; nothing for a body as it is. */
    void writeHead(WireOutput out, int unpacked) {
        if (unpacked > 0) {
            out.writeVarInt(number);
            out.writeVarInt(unpacked);
        }
    }
}
