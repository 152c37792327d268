package io.bowline.rpc.observe;

import io.bowline.rpc.Request;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Which calls an {@link AccessLog} writes down, and how.
 *
 * @param share of the calls that are written, 0 to 1
 * @param failures whether all that fail are written, whatever the share
 * @param format one line, or one JSON object
 * @param arguments what is said of a call's arguments; nothing by default, for they may be secrets
 */
public record AccessLogPolicy(double share, boolean failures, Format format, Arguments arguments) {
    /** All calls, a line each, nothing of arguments. */
    public static final AccessLogPolicy DEFAULT = new AccessLogPolicy(1, true, Format.LINE, Arguments.NONE);

    /** What an entry looks like. */
    public enum Format {
        /** Words for people. */
        LINE,
        /** An object of JSON on one line, for machines. */
        JSON
    }

    /** Says something of a call's arguments. Must be quick and must not throw; called for what is written only. */
    @FunctionalInterface
    public interface Arguments {
        /** Nothing. */
        Arguments NONE = request -> "";

        /** The classes of the values: {@code String, ArrayList, null}. */
        Arguments TYPES = request -> Arrays.stream(request.arguments())
                .map(value -> value == null ? "null" : value.getClass().getSimpleName())
                .collect(Collectors.joining(", "));

        /** In a few words, with nothing in them that must not be in a log; empty for nothing. */
        String of(Request request);
    }

    public AccessLogPolicy {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " (expected: 0 to 1)");
        }
    }

    public AccessLogPolicy withShare(double share) {
        return new AccessLogPolicy(share, failures, format, arguments);
    }

    public AccessLogPolicy withFailures(boolean failures) {
        return new AccessLogPolicy(share, failures, format, arguments);
    }

    public AccessLogPolicy withFormat(Format format) {
        return new AccessLogPolicy(share, failures, format, arguments);
    }

    public AccessLogPolicy withArguments(Arguments arguments) {
        return new AccessLogPolicy(share, failures, format, arguments);
    }
}
