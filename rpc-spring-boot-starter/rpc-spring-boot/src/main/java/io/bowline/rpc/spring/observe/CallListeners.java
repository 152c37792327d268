package io.bowline.rpc.spring.observe;

import io.bowline.rpc.CallListener;
import io.bowline.rpc.CallReport;
import io.bowline.rpc.RpcMethod;
import java.util.List;

/**
 * Several listeners as one. Each hears of all failures, and of every call about which any of them asked.
 *
 * @param all in the order in which they hear
 */
public record CallListeners(List<CallListener> all) implements CallListener {
    public CallListeners {
        all = List.copyOf(all);
    }

    /** These as one. */
    public static CallListener of(List<CallListener> all) {
        return all.size() == 1 ? all.get(0) : new CallListeners(all);
    }

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
}
