package io.bowline.rpc.observe;

import io.bowline.rpc.Metadata;
import org.jspecify.annotations.Nullable;

/** The label of W3C's Trace Context that travels with a call, if a tracer put it there. */
final class TraceLabel {
    private static final String KEY = "traceparent";
    private static final int ID_BEGINS = 3;
    private static final int ID_ENDS = 35;

    private TraceLabel() {}

    /** The trace's id, 32 hexadecimal digits; null where there is none, or something else. */
    static @Nullable String traceId(Metadata labels) {
        if (labels.isEmpty()) {
            return null;
        }
        String parent = labels.get(KEY);
        if (parent == null || parent.length() < ID_ENDS + 1 || parent.charAt(ID_ENDS) != '-') {
            return null;
        }
        for (int i = ID_BEGINS; i < ID_ENDS; i++) {
            if (Character.digit(parent.charAt(i), 16) < 0 || parent.charAt(i) > 'f') {
                return null; // what a stranger sent does not get into logs
            }
        }
        return parent.substring(ID_BEGINS, ID_ENDS);
    }
}
