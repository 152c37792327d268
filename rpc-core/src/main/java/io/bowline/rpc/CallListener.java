package io.bowline.rpc;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Hears how calls went. Given to a client for all calls, and to a {@link CallContext} for those that are made in it. Thread-safe,
 * quick, and must not throw: what it throws is logged and changes no call.
 */
@FunctionalInterface
public interface CallListener {
    /**
     * A call that failed, or that {@link #records} asked about, has ended. On the thread that ended it, which may be an I/O
     * thread, for an asynchronous call; on the caller's for another.
     */
    void ended(CallReport report);

    /**
     * Whether to record this call, so that it is reported when it is answered, too, with the phases of its attempts. Asked on the
     * caller's thread, before the call. A recorded call carries a label more and takes a few hundred bytes.
     */
    default boolean records(RpcMethod method) {
        return true;
    }

    /**
     * All of these as one: a call is recorded if one of them asks for it. Each hears of every recorded call, of those, too, that
     * only another asked about.
     */
    static CallListener all(List<? extends CallListener> listeners) {
        List<CallListener> all = List.copyOf(listeners);
        return new CallListener() {
            @Override
            public void ended(CallReport report) {
                all.forEach(listener -> listener.ended(report));
            }

            @Override
            public boolean records(RpcMethod method) {
                for (CallListener listener : all) {
                    if (listener.records(method)) {
                        return true;
                    }
                }
                return false;
            }
        };
    }

    /** Hears of failures only; costs an answered call nothing. */
    static CallListener ofFailures(Consumer<CallReport> reports) {
        return sampling(0, reports);
    }

    /**
     * Hears of failures, and of a part of all calls.
     *
     * @param share of the calls that are recorded, 0 to 1
     */
    static CallListener sampling(double share, Consumer<CallReport> reports) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " (expected: 0 to 1)");
        }
        return new CallListener() {
            @Override
            public void ended(CallReport report) {
                reports.accept(report);
            }

            @Override
            public boolean records(RpcMethod method) {
                return share > 0 && ThreadLocalRandom.current().nextDouble() < share;
            }
        };
    }
}
