package io.bowline.rpc.discovery;

/** The escapes of {@link InstanceText}. */
final class FieldText {
    private FieldText() {}

    static void escape(String field, StringBuilder target) {
        for (int at = 0; at < field.length(); at++) {
            char c = field.charAt(at);
            switch (c) {
                case '\\' -> target.append("\\\\");
                case '\t' -> target.append("\\t");
                case '\n' -> target.append("\\n");
                case '\r' -> target.append("\\r");
                default -> {
                    if (Character.isISOControl(c) || isUnpaired(field, at)) {
                        target.append(String.format("\\u%04x", (int) c));
                    } else {
                        target.append(c);
                    }
                }
            }
        }
    }

    private static boolean isUnpaired(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** @throws IllegalArgumentException when an escape is not known or cut off */
    static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder text = new StringBuilder(field.length());
        int at = 0;
        while (at < field.length()) {
            char c = field.charAt(at);
            if (c != '\\') {
                text.append(c);
                at++;
                continue;
            }
            char escape = at + 1 < field.length() ? field.charAt(at + 1) : ' ';
            at += escape == 'u' ? 6 : 2;
            switch (escape) {
                case '\\' -> text.append('\\');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 'u' -> text.append(hex(field, at - 4));
                default -> throw new IllegalArgumentException("escape");
            }
        }
        return text.toString();
    }

    private static char hex(String field, int from) {
        int value = 0;
        for (int at = from; at < from + 4; at++) {
            int digit = at < field.length() ? Character.digit(field.charAt(at), 16) : -1;
            if (digit < 0) {
                throw new IllegalArgumentException("escape");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }
}
