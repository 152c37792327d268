package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One value on its way in. Every length is checked against the part that it stands in before memory is taken, and parts
 * may be nested {@link Wire#MAX_DEPTH} deep. Used by one thread, for one message after the other.
 */
final class Reader {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int at;
    private int end;
    private int depth;

    private Reader(WireInput in) {
        this.bytes = in.array();
    }

    /** Begins a message: all that is left of the input. */
    static Reader of(WireInput in) {
        Reader reader;
        if (in.kept() instanceof Reader known) {
            reader = known;
            reader.bytes = in.array();
            reader.depth = 0;
        } else {
            reader = new Reader(in);
            in.keep(reader);
        }
        reader.at = in.position();
        reader.end = in.position() + in.remaining();
        return reader;
    }

    /** Whether the part that is being read has more bytes. */
    boolean more() {
        return at < end;
    }

    int remaining() {
        return end - at;
    }

    /** A tag; of one byte or three, as most are, without a loop. */
    int tag() {
        int from = at;
        if (end - from >= 3) {
            int first = bytes[from];
            if (first >= 0) {
                at = from + 1;
                return first;
            }
            int second = bytes[from + 1];
            int third = bytes[from + 2];
            if (second < 0 && third >= 0) {
                at = from + 3;
                return (first & 0x7f) | (second & 0x7f) << 7 | third << 14;
            }
        }
        return varInt();
    }

    /** Any unsigned number of 32 bits. */
    int varInt() {
        long value = varLong();
        if (value >>> 32 != 0) {
            throw malformed("a number of more than 32 bits");
        }
        return (int) value;
    }

    long varLong() {
        if (at < end && bytes[at] >= 0) {
            return bytes[at++];
        }
        return longVarLong();
    }

    private long longVarLong() {
        byte[] source = bytes;
        int last = Math.min(end, at + 10);
        long value = 0;
        int shift = 0;
        for (int i = at; i < last; i++) {
            byte next = source[i];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                at = i + 1;
                return value;
            }
            shift += 7;
        }
        throw malformed(shift == 70 ? "a number of more than 10 bytes" : "a number that is cut off");
    }

    int zigzagInt() {
        long value = zigzagLong();
        if (value != (int) value) {
            throw malformed("a number that does not fit an int");
        }
        return (int) value;
    }

    long zigzagLong() {
        long value = varLong();
        return value >>> 1 ^ -(value & 1);
    }

    boolean bool() {
        return varLong() != 0;
    }

    int fixed32() {
        int from = step(4);
        return (int) INTS.get(bytes, from);
    }

    long fixed64() {
        int from = step(8);
        return (long) LONGS.get(bytes, from);
    }

    String text() {
        int length = length();
        int from = step(length);
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** A copy of the next bytes. */
    byte[] raw(int length) {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, step(length), copy, 0, length);
        return copy;
    }

    /** A length or a count: whatever is counted takes a byte or more each. */
    int length() {
        return checked(varInt());
    }

    int checked(int length) {
        if (length < 0 || length > end - at) {
            throw malformed("a length of " + (length & 0xffff_ffffL) + " (expected: 0 to " + (end - at) + ")");
        }
        return length;
    }

    /** Begins a level: a part that may hold others. What it returns goes to {@link #leave}. */
    int enter() {
        if (++depth > Wire.MAX_DEPTH) {
            throw malformed("values nested more than " + Wire.MAX_DEPTH + " levels deep");
        }
        return open();
    }

    void leave(int outer) {
        close(outer);
        depth--;
    }

    /** Begins a part behind its length. What it returns goes to {@link #close}. */
    int open() {
        int length = length();
        int outer = end;
        end = at + length;
        return outer;
    }

    /** Ends a part, which must be used up. */
    void close(int outer) {
        if (at != end) {
            throw malformed((end - at) + " bytes behind the end of a value");
        }
        end = outer;
    }

    /** Steps over a tag if it is the next; whether it was. */
    boolean skipIf(int tag) {
        int before = at;
        if (at < end && tag() == tag) {
            return true;
        }
        at = before;
        return false;
    }

    /** Steps over these few bytes, at most four, if they are the next and four are left; whether it did. */
    boolean stepOver(int written, int mask, int count) {
        int from = at;
        if (end - from < Integer.BYTES || ((int) INTS.get(bytes, from) & mask) != written) {
            return false;
        }
        at = from + count;
        return true;
    }

    /** Steps over the value of an unknown field. */
    void skip(int tag) {
        switch (Wire.wireType(tag)) {
            case Wire.VARINT -> varLong();
            case Wire.FIXED64 -> step(8);
            case Wire.LENGTH -> step(length());
            case Wire.FIXED32 -> step(4);
            default -> throw malformed("a field of wire type " + Wire.wireType(tag) + " (expected: 0, 1, 2 or 5)");
        }
    }

    private int step(int count) {
        if (count > end - at) {
            throw malformed(count + " more bytes expected, " + (end - at) + " left");
        }
        int from = at;
        at += count;
        return from;
    }

    static RpcException malformed(String what) {
        return RpcException.of(Code.MALFORMED_DATA, "cannot read protostuff: " + what);
    }
}
