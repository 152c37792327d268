package io.bowline.rpc.discovery;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding of RFC 3986: unlike forms, a plus sign stands for itself. */
final class PercentCode {
    private PercentCode() {}

    /** @throws IllegalArgumentException when a percent sign is not followed by two hex digits, or the bytes are not UTF-8 */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(given.length);
        int at = 0;
        while (at < given.length) {
            if (given[at] != '%') {
                decoded.write(given[at++]);
            } else {
                decoded.write(hexDigit(given, at + 1) << 4 | hexDigit(given, at + 2));
                at += 3;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException("percent-encoded bytes that are not UTF-8", notText);
        }
    }

    private static int hexDigit(byte[] text, int at) {
        int digit = at < text.length ? Character.digit(text[at], 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("a percent sign without two hex digits (expected: %25 for itself)");
        }
        return digit;
    }
}
