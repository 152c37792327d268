package io.bowline.rpc.spring.actuate;

import io.bowline.rpc.CallListener;
import io.bowline.rpc.CallReport;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last calls that failed, and why; what services throw themselves is not among them. Thread-safe. Whoever adds one waits
 * for nobody but another who does so.
 */
public final class RecentFailures implements CallListener {
    private static final int KEPT = 32;

    /** Guarded by this; the newest first. */
    private final Deque<Failed> last = new ArrayDeque<>();

    private record Failed(Instant at, CallReport report, RpcException failure) {}

    /**
     * A call that failed.
     *
     * @param at when it ended
     * @param method what was called
     * @param code why, in a word
     * @param message why, in a line
     * @param explanation why, line by line
     */
    public record Failure(String at, String method, String code, String message, List<String> explanation) {}

    @Override
    public boolean records(RpcMethod method) {
        return false;
    }

    @Override
    public void ended(CallReport report) {
        RpcException failure = report.failure();
        if (failure == null || failure.code() == Code.APPLICATION) {
            return;
        }
        Failed failed = new Failed(Instant.now(), report, failure);
        synchronized (this) {
            last.addFirst(failed);
            if (last.size() > KEPT) {
                last.removeLast();
            }
        }
    }

    /** The newest first. */
    public List<Failure> newest() {
        List<Failed> now;
        synchronized (this) {
            now = List.copyOf(last);
        }
        return now.stream()
                .map(failed -> new Failure(
                        failed.at().toString(),
                        failed.report().method().toString(),
                        failed.failure().code().label(),
                        String.valueOf(failed.failure().getMessage()),
                        failed.report().toString().lines().toList()))
                .toList();
    }
}
