package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireOutput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One value on its way out. Length-delimited parts are written in place: a byte is left for the length, and only a part
 * of 128 bytes or more is moved to make room. Used by one thread, for one message after the other.
 */
final class Writer {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final WireOutput out;
    private int depth;

    private Writer(WireOutput out) {
        this.out = out;
    }

    /** Begins a message. */
    static Writer of(WireOutput out) {
        if (out.kept() instanceof Writer known) {
            known.depth = 0;
            return known;
        }
        Writer made = new Writer(out);
        out.keep(made);
        return made;
    }

    /** A tag. Most are hashed, and take three bytes; where the tag is a constant, so are the bytes. */
    void tag(int tag) {
        if (tag >>> 14 == 0 || tag >>> 21 != 0) {
            out.writeVarInt(tag);
            return;
        }
        int at = out.reserve(3);
        byte[] bytes = out.array();
        bytes[at] = (byte) (tag | 0x80);
        bytes[at + 1] = (byte) (tag >>> 7 | 0x80);
        bytes[at + 2] = (byte) (tag >>> 14);
    }

    void varInt(int value) {
        out.writeVarInt(value);
    }

    void varLong(long value) {
        out.writeVarLong(value);
    }

    void zigzag(int value) {
        out.writeVarInt(value << 1 ^ value >> 31);
    }

    void zigzag(long value) {
        out.writeVarLong(value << 1 ^ value >> 63);
    }

    void bool(boolean value) {
        out.writeByte(value ? 1 : 0);
    }

    void fixed32(int value) {
        int at = out.reserve(4);
        INTS.set(out.array(), at, value);
    }

    void fixed64(long value) {
        int at = out.reserve(8);
        LONGS.set(out.array(), at, value);
    }

    void text(String value) {
        out.writeString(value);
    }

    void bytes(byte[] value) {
        out.writeVarInt(value.length);
        raw(value);
    }

    /** Bytes without a length. */
    void raw(byte[] value) {
        out.write(value, 0, value.length);
    }

    /** Where the next byte goes; see {@link #backTo}. */
    int position() {
        return out.size();
    }

    /** Forgets what was written from a position on. */
    void backTo(int position) {
        out.truncate(position);
    }

    /** Begins a level: a part that may hold others. What it returns goes to {@link #leave}. */
    int enter() {
        if (++depth > Wire.MAX_DEPTH) {
            throw RpcException.unprocessed(
                    Code.NOT_SERIALIZABLE,
                    "a value is nested more than " + Wire.MAX_DEPTH
                            + " levels deep; a cycle cannot travel, send ids instead");
        }
        return open();
    }

    void leave(int mark) {
        close(mark);
        depth--;
    }

    /** Begins a part behind its length. What it returns goes to {@link #close}. */
    int open() {
        return out.reserve(1);
    }

    void close(int mark) {
        int length = out.size() - mark - 1;
        if (length < 0x80) {
            out.array()[mark] = (byte) length;
            return;
        }
        int more = (38 - Integer.numberOfLeadingZeros(length)) / 7 - 1;
        out.reserve(more);
        byte[] bytes = out.array();
        System.arraycopy(bytes, mark + 1, bytes, mark + 1 + more, length);
        int rest = length;
        int at = mark;
        for (; rest >= 0x80; rest >>>= 7) {
            bytes[at++] = (byte) (rest | 0x80);
        }
        bytes[at] = (byte) rest;
    }
}
