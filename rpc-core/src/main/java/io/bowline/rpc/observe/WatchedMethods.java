package io.bowline.rpc.observe;

import io.bowline.rpc.RpcMethod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Methods that were slow of late, whose calls are worth recording for some seconds. Thread-safe. */
final class WatchedMethods {
    private static final long WATCHED_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST = 1_000;

    private final Map<RpcMethod, Long> until = new ConcurrentHashMap<>();

    void watch(RpcMethod method, long nowNanos) {
        if (until.size() < MOST) {
            until.put(method, nowNanos + WATCHED_NANOS);
        }
    }

    /** Costs a healthy client the look at an empty map. */
    boolean isWatched(RpcMethod method, long nowNanos) {
        if (until.isEmpty()) {
            return false;
        }
        Long end = until.get(method);
        if (end == null) {
            return false;
        }
        if (nowNanos - end < 0) {
            return true;
        }
        until.remove(method, end);
        return false;
    }
}
