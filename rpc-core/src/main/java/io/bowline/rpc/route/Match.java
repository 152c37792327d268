package io.bowline.rpc.route;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one value: a label, or what stands in an argument. Nothing in it is code. Texts are compared exactly;
 * numbers, booleans, characters, enums and UUIDs by their text. Any other object matches only {@link Present}. Immutable.
 */
public sealed interface Match {
    /** Whether the value is so; null where it is absent. Never throws. */
    boolean test(@Nullable Object value);

    /** One of these texts. */
    record OneOf(Set<String> values) implements Match {
        public OneOf {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("values: none (expected: at least one)");
            }
            values = Set.copyOf(values);
        }

        @Override
        public boolean test(@Nullable Object value) {
            String text = text(value);
            return text != null && values.contains(text);
        }
    }

    /** A text that begins so. */
    record Prefix(String prefix) implements Match {
        public Prefix {
            if (prefix.isEmpty()) {
                throw new IllegalArgumentException("prefix: '' (expected: not empty)");
            }
        }

        @Override
        public boolean test(@Nullable Object value) {
            String text = text(value);
            return text != null && text.startsWith(prefix);
        }
    }

    /** A whole number within bounds, both included; a text of digits is a number, too. */
    record Range(long from, long to) implements Match {
        private static final int MOST_DIGITS = 18;

        public Range {
            if (from > to) {
                throw new IllegalArgumentException("range: " + from + " to " + to + " (expected: from <= to)");
            }
        }

        @Override
        public boolean test(@Nullable Object value) {
            if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
                return within(((Number) value).longValue());
            }
            return value instanceof CharSequence text && isNumber(text) && within(Long.parseLong(text.toString()));
        }

        private boolean within(long number) {
            return number >= from && number <= to;
        }

        private static boolean isNumber(CharSequence text) {
            int start = !text.isEmpty() && text.charAt(0) == '-' ? 1 : 0;
            if (text.length() == start || text.length() - start > MOST_DIGITS) {
                return false;
            }
            for (int i = start; i < text.length(); i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether there is a value at all. */
    record Present(boolean present) implements Match {
        @Override
        public boolean test(@Nullable Object value) {
            return (value != null) == present;
        }
    }

    /** The opposite; so of an absent value, too. */
    record Not(Match match) implements Match {
        @Override
        public boolean test(@Nullable Object value) {
            return !match.test(value);
        }
    }

    /** One of these texts. */
    static Match oneOf(String... values) {
        return new OneOf(Set.of(values));
    }

    /** The text by which a value is compared; null for a value that has none. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value == null) {
            return null;
        }
        boolean number = value instanceof Number && value.getClass().getName().startsWith("java.");
        return number || value instanceof Boolean || value instanceof Character || value instanceof UUID
                ? value.toString()
                : null;
    }
}
