package io.bowline.rpc.route;

import io.bowline.rpc.Suggestions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The entries of one map in a document, read by type. What was asked for is known; the rest, in the end, is a mistake. */
final class RuleFields {
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_SHOWN = 80;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private final Map<?, ?> entries;
    private final Set<String> asked = new LinkedHashSet<>();

    RuleFields(String what, @Nullable Object data) {
        if (!(data instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(what + ": " + shown(data) + " (expected: named entries)");
        }
        entries = map;
    }

    boolean has(String key) {
        asked.add(key);
        return entries.containsKey(key);
    }

    List<String> keys() {
        return entries.keySet().stream().map(key -> text("name", key)).toList();
    }

    @Nullable
    Object value(String key) {
        asked.add(key);
        return entries.get(key);
    }

    String text(String key) {
        return text(key, value(key));
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    @Nullable
    String optional(String key) {
        return has(key) ? text(key) : null;
    }

    static String text(String key, @Nullable Object value) {
        if (!(value instanceof String text) || text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    key + ": " + shown(value) + " (expected: a text of at most " + LONGEST_TEXT + " characters)");
        }
        return text;
    }

    /** One text, or a list of them; none where the entry is missing. */
    List<String> texts(String key) {
        if (value(key) instanceof List<?> list) {
            return list.stream().map(item -> text(key, item)).toList();
        }
        return has(key) ? List.of(text(key)) : List.of();
    }

    List<?> list(String key) {
        if (value(key) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(key + ": " + shown(value(key)) + " (expected: a list)");
    }

    boolean flag(String key, boolean otherwise) {
        String text = text(key, String.valueOf(otherwise));
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(key + ": " + shown(text) + " (expected: true or false)");
        }
        return text.equals("true");
    }

    double number(String key, double otherwise) {
        String text = text(key, String.valueOf(otherwise));
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException(key + ": " + shown(text) + " (expected: a number such as 5 or 0.5)");
        }
        return Double.parseDouble(text);
    }

    int whole(String key) {
        String text = text(key);
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(key + ": " + shown(text) + " (expected: a whole number)");
        }
        return Integer.parseInt(text);
    }

    @Nullable
    Duration duration(String key) {
        if (!has(key)) {
            return null;
        }
        Matcher matcher = DURATION.matcher(text(key));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(key + ": " + shown(text(key)) + " (expected: 500ms, 2s or 1m)");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    @Nullable
    RuleFields fields(String key) {
        return has(key) ? required(key) : null;
    }

    RuleFields required(String key) {
        return new RuleFields(key, value(key));
    }

    /** Fails for an entry that nobody has asked for. */
    void done() {
        for (String key : keys()) {
            if (!asked.contains(key)) {
                throw new IllegalArgumentException("unknown entry " + shown(key) + "; " + Suggestions.of(key, asked));
            }
        }
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "missing";
        }
        String text = value instanceof String plain ? "'" + plain + "'" : value.toString();
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }
}
