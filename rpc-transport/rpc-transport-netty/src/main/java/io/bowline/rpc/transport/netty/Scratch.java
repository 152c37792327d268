package io.bowline.rpc.transport.netty;

import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.wire.WireOutput;
import org.jspecify.annotations.Nullable;

/**
 * Where a body is written before its size is known: memory of the writing thread, used again and again. A small body is
 * copied out; a large one takes the memory with it.
 */
final class Scratch {
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);
    private static final int COPIED = 16 << 10;

    private @Nullable WireOutput free;
    private int limit;

    /** Takes a body. */
    @FunctionalInterface
    interface Body {
        /**
         * A body, written.
         *
         * @param bytes begins with the body, which has {@code length}
         * @param unpacked its length before it was compressed; 0 if it was not
         */
        void body(byte[] bytes, int length, int unpacked);
    }

    /**
     * Writes a message's body, and compresses it if the packer does.
     *
     * @throws io.bowline.rpc.RpcException as the message, and {@code PAYLOAD_TOO_LARGE} past the limit
     */
    static void write(Outbound<?> message, Packer packer, Body target) {
        Scratch scratch = OF_THREAD.get();
        WireOutput out = scratch.take(packer.most());
        message.writeTo(out);
        int length = out.size();
        WireOutput packed = packer.pack(out.array(), length);
        if (packed != null) {
            target.body(packed.toByteArray(), packed.size(), length);
        } else if (length > COPIED) {
            target.body(out.array(), length, 0);
            return;
        } else {
            target.body(out.toByteArray(), length, 0);
        }
        if (out.array().length <= 2 * COPIED) {
            scratch.keep(out, packer.most());
        }
    }

    /** Memory for what is copied in any case, until it is {@linkplain #giveBack given back}. */
    static WireOutput borrow(int limit) {
        return OF_THREAD.get().take(limit);
    }

    /** To be called by the thread that borrowed it; forgotten if it has grown large. */
    static void giveBack(WireOutput out, int limit) {
        if (out.array().length <= 2 * COPIED) {
            OF_THREAD.get().keep(out, limit);
        }
    }

    private void keep(WireOutput out, int written) {
        out.reset();
        free = out;
        limit = written;
    }

    /** A body that is being written while another is, on one thread, gets memory of its own. */
    private WireOutput take(int wanted) {
        WireOutput out = free;
        free = null;
        return out == null || limit != wanted ? new WireOutput(wanted) : out;
    }
}
