package io.bowline.rpc.wire;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link WireOutput} wrote, from a part of an array. Used by one thread at a time.
 *
 * <p>Everything read is untrusted: each length is checked against what is left before memory is taken, and a breach is
 * a {@link Code#MALFORMED_DATA} that names what was expected.
 */
public final class WireInput extends InputStream {
    private static final byte[] NOTHING = {};

    private byte[] bytes;
    private int end;
    private int at;
    private @Nullable Object kept;

    /** Makes the bytes before the first of them is read; null if that is done, or was never needed. */
    private @Nullable Supplier<byte[]> unmade;

    public WireInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads {@code length} bytes from {@code offset} on. The array is not copied. */
    public WireInput(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /**
     * Reads bytes that came in parts. They are put together by who reads the first of them, and let go one by one: whoever
     * only receives them does not copy them.
     *
     * @param size of all parts
     */
    public static WireInput of(byte[][] parts, int size) {
        return of(size, () -> joined(parts, size));
    }

    /**
     * Reads bytes that are made by who reads the first of them.
     *
     * @param size how many there will be
     * @param bytes makes an array that begins with them; what it throws, whoever reads gets
     */
    public static WireInput of(int size, Supplier<byte[]> bytes) {
        WireInput input = new WireInput(NOTHING);
        input.unmade = bytes;
        input.end = size;
        return input;
    }

    /** Reads another array from now on, as a new input would: for who reads many messages, one after the other. */
    public void reset(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
        this.unmade = null;
    }

    private void make() {
        Supplier<byte[]> maker = unmade;
        if (maker != null) {
            bytes = maker.get();
            unmade = null;
        }
    }

    private static byte[] joined(byte[] @Nullable [] parts, int size) {
        byte[] whole = new byte[size];
        int done = 0;
        for (int i = 0; i < parts.length; i++) {
            byte[] part = Objects.requireNonNull(parts[i]);
            int count = Math.min(part.length, size - done); // The last one may have room to spare.
            System.arraycopy(part, 0, whole, done, count);
            done += count;
            parts[i] = null;
        }
        return whole;
    }

    /** What a serializer has left here for its next message by {@link #keep}; null at first, or that of another. */
    public @Nullable Object kept() {
        return kept;
    }

    /** Leaves something here, so that whoever reads one message after the other need not make it anew each time. */
    public void keep(Object own) {
        kept = own;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - at;
    }

    /** The array behind this input; what is left stands from {@link #position()} on. */
    public byte[] array() {
        make();
        return bytes;
    }

    /** Where in the array the next byte stands. */
    public int position() {
        return at;
    }

    /** Steps over bytes. */
    public void skipBytes(int count) {
        need(count);
        at += count;
    }

    /** The next {@code length} bytes as an input of their own; they are stepped over here. */
    public WireInput slice(int length) {
        need(length);
        WireInput part = new WireInput(bytes, at, length);
        at += length;
        return part;
    }

    /** As a stream: the next byte, or -1 at the end. */
    @Override
    public int read() {
        make();
        return at < end ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        make();
        int count = Math.min(length, end - at);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(bytes, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return remaining();
    }

    public byte readByte() {
        need(1);
        return bytes[at++];
    }

    public int readInt() {
        need(4);
        int value = (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
        at += 4;
        return value;
    }

    public long readLong() {
        long high = readInt();
        return high << 32 | (readInt() & 0xffff_ffffL);
    }

    /** An unsigned integer of one to five bytes. */
    public int readVarInt() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                if (shift == 28 && (next & 0xf0) != 0) {
                    throw malformed("a variable integer of more than 32 bits");
                }
                return value;
            }
        }
        throw malformed("a variable integer of more than 5 bytes");
    }

    /** An unsigned integer of one to ten bytes. */
    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    throw malformed("a variable integer of more than 64 bits");
                }
                return value;
            }
        }
        throw malformed("a variable integer of more than 10 bytes");
    }

    /** A length or a count, 0 to what is left: nothing on the wire takes less than a byte an element. */
    public int readLength() {
        int length = readVarInt();
        if (length < 0 || length > remaining()) {
            throw malformed("a length of " + (length & 0xffff_ffffL) + " (expected: 0 to " + remaining() + ")");
        }
        return length;
    }

    /** Text behind its length in UTF-8 bytes. */
    public String readString() {
        int length = readLength();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** A copy of the next bytes. */
    public byte[] readBytes(int length) {
        need(length);
        byte[] copy = new byte[length];
        System.arraycopy(bytes, at, copy, 0, length);
        at += length;
        return copy;
    }

    private void need(int count) {
        if (unmade != null) {
            make();
        }
        if (count < 0 || count > end - at) {
            throw malformed(count + " more bytes expected, " + remaining() + " left");
        }
    }

    private static RpcException malformed(String what) {
        return RpcException.of(Code.MALFORMED_DATA, "cannot read: " + what);
    }
}
