package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.value.Refusal;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A place in the bytes of one message, and Hessian's own values from there on. Each length is checked before use. */
final class HessianInput {
    private final byte[] bytes;
    private final int end;
    int at;

    HessianInput(byte[] bytes, int at, int length) {
        this.bytes = bytes;
        this.at = at;
        this.end = at + length;
    }

    int remaining() {
        return end - at;
    }

    int next() {
        if (at == end) {
            throw Refusal.malformed("the Hessian message ends early");
        }
        return bytes[at++] & 0xff;
    }

    private int nextShort() {
        return next() << 8 | next();
    }

    private int nextInt() {
        return nextShort() << 16 | nextShort();
    }

    private long nextLong() {
        long high = nextInt();
        return high << 32 | (nextInt() & 0xffff_ffffL);
    }

    /** An int or a long. */
    long whole(int tag) {
        long wide = tag;
        if (tag >= 0x80 && tag < 0xc0) {
            return wide - Tags.INT_ONE;
        }
        if (tag >= 0xc0 && tag < 0xd0) {
            return (wide - Tags.INT_TWO) * 256 + next();
        }
        if (tag >= 0xd0 && tag < 0xd8) {
            return (wide - Tags.INT_THREE) * 65_536 + nextShort();
        }
        if (tag >= 0xd8 && tag < 0xf0) {
            return wide - Tags.LONG_ONE;
        }
        if (tag >= 0xf0) {
            return (wide - Tags.LONG_TWO) * 256 + next();
        }
        if (tag >= 0x38 && tag < 0x40) {
            return (wide - Tags.LONG_THREE) * 65_536 + nextShort();
        }
        return switch (tag) {
            case Tags.INT, Tags.LONG_INT -> nextInt();
            case Tags.LONG -> nextLong();
            default -> throw unexpected(tag, "a whole number");
        };
    }

    double fraction(int tag) {
        return switch (tag) {
            case Tags.DOUBLE -> Double.longBitsToDouble(nextLong());
            case Tags.DOUBLE_ZERO -> 0;
            case Tags.DOUBLE_ONE -> 1;
            case Tags.DOUBLE_BYTE -> (byte) next();
            case Tags.DOUBLE_SHORT -> (short) nextShort();
            case Tags.DOUBLE_MILLI -> 0.001 * nextInt();
            default -> (double) whole(tag);
        };
    }

    long date(int tag) {
        return switch (tag) {
            case Tags.DATE -> nextLong();
            case Tags.DATE_MINUTES -> nextInt() * 60_000L;
            default -> throw unexpected(tag, "a date");
        };
    }

    /** A length or a count: nothing takes less than a byte an element. */
    int length() {
        long length = whole(next());
        if (length < 0 || length > remaining()) {
            throw Refusal.malformed("a length of " + length + " (expected: 0 to " + remaining() + ")");
        }
        return (int) length;
    }

    byte[] binary(int first) {
        int tag = first;
        int length = binaryLength(tag);
        if (tag != Tags.BINARY_CHUNK) {
            at += length;
            return Arrays.copyOfRange(bytes, at - length, at);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            whole.write(bytes, at, length);
            at += length;
            if (tag != Tags.BINARY_CHUNK) {
                return whole.toByteArray();
            }
            tag = next();
            length = binaryLength(tag);
        }
    }

    /** The length of a chunk, which is there. */
    private int binaryLength(int tag) {
        int length = claimedLength(tag);
        if (length > remaining()) {
            throw Refusal.malformed(length + " more bytes expected, " + remaining() + " left");
        }
        return length;
    }

    private int claimedLength(int tag) {
        if (tag >= Tags.BINARY_SHORT && tag < Tags.STRING_MIDDLE) {
            return tag - Tags.BINARY_SHORT;
        }
        if (tag >= Tags.BINARY_MIDDLE && tag < 0x38) {
            return (tag - Tags.BINARY_MIDDLE) << 8 | next();
        }
        if (tag == Tags.BINARY || tag == Tags.BINARY_CHUNK) {
            return nextShort();
        }
        throw unexpected(tag, "bytes");
    }

    String string(int first) {
        int tag = first;
        int length = stringLength(tag);
        if (tag != Tags.STRING_CHUNK) {
            return chars(length);
        }
        StringBuilder whole = new StringBuilder();
        while (tag == Tags.STRING_CHUNK) {
            whole.append(chars(length));
            tag = next();
            length = stringLength(tag);
        }
        return whole.append(chars(length)).toString();
    }

    private int stringLength(int tag) {
        if (tag < Tags.BINARY_SHORT) {
            return tag;
        }
        if (tag >= Tags.STRING_MIDDLE && tag < Tags.BINARY_MIDDLE) {
            return (tag - Tags.STRING_MIDDLE) << 8 | next();
        }
        if (tag == Tags.STRING || tag == Tags.STRING_CHUNK) {
            return nextShort();
        }
        throw unexpected(tag, "text");
    }

    private String chars(int length) {
        if (length > remaining()) {
            throw Refusal.malformed("text of " + length + " characters, " + remaining() + " bytes left");
        }
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            int first = next();
            if (first < 0x80) {
                chars[i] = (char) first;
            } else if ((first & 0xe0) == 0xc0) {
                chars[i] = (char) ((first & 0x1f) << 6 | follower());
            } else if ((first & 0xf0) == 0xe0) {
                chars[i] = (char) ((first & 0x0f) << 12 | follower() << 6 | follower());
            } else {
                throw Refusal.malformed("text that is no UTF-8");
            }
        }
        return new String(chars);
    }

    private int follower() {
        int next = next();
        if ((next & 0xc0) != 0x80) {
            throw Refusal.malformed("text that is no UTF-8");
        }
        return next & 0x3f;
    }

    static RpcException unexpected(int tag, String expected) {
        return Refusal.malformed("a Hessian tag 0x" + Integer.toHexString(tag) + " (expected: " + expected + ")");
    }
}
