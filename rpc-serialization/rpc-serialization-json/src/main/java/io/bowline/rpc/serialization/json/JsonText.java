package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;

/** Text that keeps unpaired surrogates: UTF-8 has no bytes for them, JSON's escapes do. */
final class JsonText {
    private JsonText() {}

    static void write(String text, JsonGenerator out) throws IOException {
        if (isPaired(text)) {
            out.writeString(text);
        } else {
            out.writeRawValue(escaped(text));
        }
    }

    /** Whether UTF-8 can hold the text. */
    static boolean isPaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return isPairedFrom(text, i);
            }
        }
        return true;
    }

    private static boolean isPairedFrom(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 16).append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                quote(text, plain, i, literal);
                literal.append("\\u").append(Integer.toHexString(text.charAt(i)));
                plain = i + 1;
            }
        }
        quote(text, plain, text.length(), literal);
        return literal.append('"').toString();
    }

    private static void quote(String text, int from, int to, StringBuilder into) {
        JsonStringEncoder.getInstance().quoteAsString(text.subSequence(from, to), into);
    }
}
