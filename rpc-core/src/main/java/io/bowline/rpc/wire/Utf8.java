package io.bowline.rpc.wire;

import java.nio.charset.StandardCharsets;

/** UTF-8 with a straight path for ASCII, which is most of what travels. */
final class Utf8 {
    private Utf8() {}

    /** How many bytes the text takes. */
    static int length(String text) {
        int chars = text.length();
        int at = 0;
        while (at < chars && text.charAt(at) < 0x80) {
            at++;
        }
        int bytes = chars;
        for (; at < chars; at++) {
            char c = text.charAt(at);
            if (c >= 0x800) {
                if (Character.isHighSurrogate(c) && at + 1 < chars && Character.isLowSurrogate(text.charAt(at + 1))) {
                    bytes += 2;
                    at++;
                } else if (!Character.isSurrogate(c)) {
                    bytes += 2;
                }
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }

    /** Writes the text, which takes {@code length} bytes; there is room for them. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) copies low bytes: exactly right for ASCII.
    static void write(String text, int length, byte[] target, int at) {
        if (length == text.length() && isAscii(text, length)) {
            text.getBytes(0, length, target, at);
        } else {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(encoded, 0, target, at, length);
        }
    }

    /** A text of {@code length} bytes may hold unpaired surrogates, which take one byte too. */
    private static boolean isAscii(String text, int length) {
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
