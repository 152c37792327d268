package io.bowline.rpc.client;

import io.bowline.rpc.balance.SlowStart;

/** The slow start of one node: it begins when the node can first be called. Thread-safe. */
final class WarmUp {
    private final SlowStart policy;
    private volatile boolean begun;
    private volatile long begunNanos;

    WarmUp(SlowStart policy) {
        this.policy = policy;
    }

    /** The node can be called; tells whether it could not before. */
    boolean begin(long nowNanos) {
        if (begun) {
            return false;
        }
        begunNanos = nowNanos;
        begun = true;
        return true;
    }

    boolean lasts(long nowNanos) {
        return !begun || policy.lasts(nowNanos - begunNanos);
    }

    int weight(int whole, long nowNanos) {
        return policy.weight(whole, begun ? nowNanos - begunNanos : 0);
    }
}
