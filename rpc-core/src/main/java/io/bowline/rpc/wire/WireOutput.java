package io.bowline.rpc.wire;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing array of bytes with the primitives of the wire: fixed integers are big-endian, variable ones are
 * little-endian base-128 (LEB128), text is UTF-8 behind a variable length. Used by one thread at a time; meant to be
 * reused through {@link #reset()}.
 *
 * <p>Bytes stand in one plain array so that serializers write without a virtual call a byte, and so that what is
 * written is ordinary memory that cannot leak. A limit bounds it: writing past it fails with
 * {@link Code#PAYLOAD_TOO_LARGE} before memory is taken.
 */
public final class WireOutput extends OutputStream {
    private static final int INITIAL = 256;

    /** Text of up to so many characters is looked at here; longer text is the JDK's. */
    private static final int SHORT = 40;

    private final int limit;
    private byte[] bytes;
    private int size;
    private @Nullable Object kept;

    /** An output without a limit below the largest array. */
    public WireOutput() {
        this(Integer.MAX_VALUE - 16);
    }

    /** An output of at most {@code limit} bytes. */
    public WireOutput(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 0)");
        }
        this.limit = limit;
        this.bytes = new byte[Math.min(INITIAL, limit)];
    }

    /** How many bytes are written. */
    public int size() {
        return size;
    }

    /** The array behind this output; only the first {@link #size()} bytes count, and only until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what is written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets what is written and keeps the memory. */
    public void reset() {
        size = 0;
    }

    /** Forgets what was written from {@code size} on. */
    public void truncate(int size) {
        if (size < 0 || size > this.size) {
            throw new IllegalArgumentException("size: " + size + " (expected: 0 to " + this.size + ")");
        }
        this.size = size;
    }

    /** What a serializer has left here for its next message by {@link #keep}; null at first, or that of another. */
    public @Nullable Object kept() {
        return kept;
    }

    /** Leaves something here, so that whoever writes one message after the other need not make it anew each time. */
    public void keep(Object own) {
        kept = own;
    }

    /** Makes room for {@code count} more bytes; returns where they go. The caller fills them through the array. */
    public int reserve(int count) {
        int at = size;
        ensure(count);
        size += count;
        return at;
    }

    /** Writes the low eight bits. */
    @Override
    public void write(int value) {
        writeByte(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    public void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void writeInt(int value) {
        ensure(4);
        putInt(size, value);
        size += 4;
    }

    public void writeLong(long value) {
        ensure(8);
        putInt(size, (int) (value >>> 32));
        putInt(size + 4, (int) value);
        size += 8;
    }

    /** Overwrites four bytes that are written already. */
    public void putInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    /** An unsigned integer in one to five bytes; negative values take five. */
    public void writeVarInt(int value) {
        if (bytes.length - size < 5) { // Near the end of the array, or of what may be written, it has to be exact.
            ensure((38 - Integer.numberOfLeadingZeros(value | 1)) / 7);
        }
        byte[] target = bytes;
        int at = size;
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        size = at;
    }

    /** An unsigned integer in one to ten bytes; negative values take ten. */
    public void writeVarLong(long value) {
        if (bytes.length - size < 10) {
            ensure((70 - Long.numberOfLeadingZeros(value | 1)) / 7);
        }
        byte[] target = bytes;
        int at = size;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        size = at;
    }

    /** Text behind its length in UTF-8 bytes. An unpaired surrogate is written as {@code ?}. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) copies low bytes: exactly right for ASCII.
    public void writeString(String text) {
        int chars = text.length();
        if (chars <= SHORT && isAscii(text)) {
            ensure(chars + 1);
            bytes[size] = (byte) chars;
            text.getBytes(0, chars, bytes, size + 1);
            size += chars + 1;
        } else {
            ensure(chars); // before it is encoded in memory of its own
            writeEncoded(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void writeEncoded(byte[] encoded) {
        writeVarInt(encoded.length);
        write(encoded);
    }

    /** The JDK looks at many characters at once, but hands out what it encodes in memory of its own. */
    private static boolean isAscii(String text) {
        int chars = text.length();
        int i = 0;
        for (; i < chars - 3; i += 4) {
            if ((text.charAt(i) | text.charAt(i + 1) | text.charAt(i + 2) | text.charAt(i + 3)) >= 0x80) {
                return false;
            }
        }
        int rest = 0;
        for (; i < chars; i++) {
            rest |= text.charAt(i);
        }
        return rest < 0x80;
    }

    private void ensure(int more) {
        int free = bytes.length - size;
        if (more > free) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > limit) {
            throw RpcException.unprocessed(
                    Code.PAYLOAD_TOO_LARGE,
                    "a message of at least " + needed + " bytes (expected: at most " + limit + ")");
        }
        long doubled = Math.min(Math.max(needed, 2L * bytes.length), limit);
        bytes = Arrays.copyOf(bytes, (int) doubled);
    }
}
