package io.bowline.rpc.observe;

import io.bowline.rpc.Request;
import io.bowline.rpc.RpcMethod;
import java.time.Instant;
import java.util.Locale;

/**
 * What an access log says of one call.
 *
 * @param at when it ended
 * @param side who says so
 * @param request what was asked
 * @param status {@code OK} or the name of the failure's code
 * @param tookNanos how long
 * @param arguments what the policy says of them; empty for nothing
 */
record AccessEntry(Instant at, Side side, Request request, String status, long tookNanos, String arguments) {
    private static final double NANOS_PER_MILLI = 1e6;

    String line() {
        String peer = request.peer();
        String traceId = TraceLabel.traceId(request.metadata());
        StringBuilder line = new StringBuilder(128);
        line.append(side.word())
                .append(' ')
                .append(plain(request.method().toString()))
                .append(' ')
                .append(status);
        line.append(' ').append(millis()).append(" ms");
        if (!peer.isEmpty()) {
            line.append(" from ").append(plain(peer));
        }
        if (traceId != null) {
            line.append(" trace ").append(traceId);
        }
        if (!arguments.isEmpty()) {
            line.append(" with (").append(plain(arguments)).append(')');
        }
        return line.toString();
    }

    String json() {
        RpcMethod method = request.method();
        String traceId = TraceLabel.traceId(request.metadata());
        StringBuilder json = new StringBuilder(256);
        json.append("{\"time\":\"").append(at).append('"');
        field(json, "side", side.word());
        field(json, "service", method.service().name());
        field(json, "version", method.service().version());
        field(json, "group", method.service().group());
        field(json, "method", method.name());
        field(json, "code", status);
        json.append(",\"millis\":").append(millis());
        field(json, "peer", request.peer());
        field(json, "trace_id", traceId == null ? "" : traceId);
        field(json, "arguments", arguments);
        return json.append('}').toString();
    }

    private String millis() {
        return String.format(Locale.ROOT, "%.3f", tookNanos / NANOS_PER_MILLI);
    }

    /** What has no value is left out. */
    private static void field(StringBuilder json, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        json.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            escape(json, value.charAt(i), value, i);
        }
        json.append('"');
    }

    private static void escape(StringBuilder json, char sign, String value, int at) {
        if (sign == '"' || sign == '\\') {
            json.append('\\').append(sign);
        } else if (sign < ' ' || sign == '\u2028' || sign == '\u2029' || isLonely(sign, value, at)) {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) sign));
        } else {
            json.append(sign);
        }
    }

    /** Half of a pair of signs, whose other half is not there: no encoding has bytes for it. */
    private static boolean isLonely(char sign, String value, int at) {
        if (Character.isHighSurrogate(sign)) {
            return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
        }
        return Character.isLowSurrogate(sign) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }

    /** On one line: names of generic calls are whatever somebody said. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> Character.isISOControl(point) || point == '\u2028' || point == '\u2029' ? '?' : point)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
