package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.WireOutput;

/** Hessian's own values, each in its shortest form. */
final class Primitives {
    private static final int CHUNK = 0x8000;

    private Primitives() {}

    static void writeInt(int value, WireOutput out) {
        if (value >= -0x10 && value <= 0x2f) {
            out.writeByte(Tags.INT_ONE + value);
        } else if (value >= -0x800 && value <= 0x7ff) {
            out.writeByte(Tags.INT_TWO + (value >> 8));
            out.writeByte(value);
        } else if (value >= -0x40000 && value <= 0x3ffff) {
            out.writeByte(Tags.INT_THREE + (value >> 16));
            out.writeByte(value >> 8);
            out.writeByte(value);
        } else {
            out.writeByte(Tags.INT);
            out.writeInt(value);
        }
    }

    static void writeLong(long value, WireOutput out) {
        if (value >= -0x08 && value <= 0x0f) {
            out.writeByte((int) (Tags.LONG_ONE + value));
        } else if (value >= -0x800 && value <= 0x7ff) {
            out.writeByte((int) (Tags.LONG_TWO + (value >> 8)));
            out.writeByte((int) value);
        } else if (value >= -0x40000 && value <= 0x3ffff) {
            out.writeByte((int) (Tags.LONG_THREE + (value >> 16)));
            out.writeByte((int) (value >> 8));
            out.writeByte((int) value);
        } else if (value == (int) value) {
            out.writeByte(Tags.LONG_INT);
            out.writeInt((int) value);
        } else {
            out.writeByte(Tags.LONG);
            out.writeLong(value);
        }
    }

    /** Short forms hold whole numbers; minus zero is none of them. */
    static void writeDouble(double value, WireOutput out) {
        int whole = (int) value;
        boolean exact = Double.doubleToRawLongBits(whole) == Double.doubleToRawLongBits(value);
        if (exact && (whole == 0 || whole == 1)) {
            out.writeByte(Tags.DOUBLE_ZERO + whole);
        } else if (exact && whole == (byte) whole) {
            out.writeByte(Tags.DOUBLE_BYTE);
            out.writeByte(whole);
        } else if (exact && whole == (short) whole) {
            out.writeByte(Tags.DOUBLE_SHORT);
            out.writeByte(whole >> 8);
            out.writeByte(whole);
        } else {
            out.writeByte(Tags.DOUBLE);
            out.writeLong(Double.doubleToLongBits(value));
        }
    }

    static void writeBoolean(boolean value, WireOutput out) {
        out.writeByte(value ? Tags.TRUE : Tags.FALSE);
    }

    static void writeDate(long millis, WireOutput out) {
        out.writeByte(Tags.DATE);
        out.writeLong(millis);
    }

    static void writeBytes(byte[] bytes, WireOutput out) {
        int at = 0;
        for (; bytes.length - at > CHUNK; at += CHUNK) {
            out.writeByte(Tags.BINARY_CHUNK);
            writeShort(CHUNK, out);
            out.write(bytes, at, CHUNK);
        }
        int rest = bytes.length - at;
        if (rest < 16) {
            out.writeByte(Tags.BINARY_SHORT + rest);
        } else if (rest < 1024) {
            writeShort((Tags.BINARY_MIDDLE << 8) + rest, out);
        } else {
            out.writeByte(Tags.BINARY);
            writeShort(rest, out);
        }
        out.write(bytes, at, rest);
    }

    /** Lengths count chars, and each char stands alone in UTF-8: surrogates, paired or not, take three bytes. */
    static void writeString(String text, WireOutput out) {
        int at = 0;
        while (text.length() - at > CHUNK) {
            int end = at + CHUNK - (Character.isHighSurrogate(text.charAt(at + CHUNK - 1)) ? 1 : 0);
            out.writeByte(Tags.STRING_CHUNK);
            writeShort(end - at, out);
            writeChars(text, at, end, out);
            at = end;
        }
        int rest = text.length() - at;
        if (rest < 32) {
            out.writeByte(Tags.STRING_SHORT + rest);
        } else if (rest < 1024) {
            writeShort((Tags.STRING_MIDDLE << 8) + rest, out);
        } else {
            out.writeByte(Tags.STRING);
            writeShort(rest, out);
        }
        writeChars(text, at, text.length(), out);
    }

    private static void writeChars(String text, int from, int to, WireOutput out) {
        int size = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        int at = out.reserve(size);
        byte[] bytes = out.array();
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xc0 | c >> 6);
                bytes[at++] = (byte) (0x80 | (c & 0x3f));
            } else {
                bytes[at++] = (byte) (0xe0 | c >> 12);
                bytes[at++] = (byte) (0x80 | (c >> 6 & 0x3f));
                bytes[at++] = (byte) (0x80 | (c & 0x3f));
            }
        }
    }

    private static void writeShort(int value, WireOutput out) {
        out.writeByte(value >> 8);
        out.writeByte(value);
    }
}
