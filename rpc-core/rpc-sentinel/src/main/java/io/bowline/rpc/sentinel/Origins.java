package io.bowline.rpc.sentinel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The callers that Sentinel is told of. It keeps figures for each name for ever, and names come from callers: so only the
 * first so many, and only short ones, are told; the others are one.
 */
final class Origins {
    static final int MOST = 256;
    static final int LONGEST = 64;

    /** What all callers beyond the bounds are called. */
    static final String OTHERS = "others";

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    String bounded(String origin) {
        if (origin.isEmpty() || known.contains(origin)) {
            return origin;
        }
        if (origin.length() > LONGEST || known.size() >= MOST) {
            return OTHERS;
        }
        known.add(origin);
        return origin;
    }
}
