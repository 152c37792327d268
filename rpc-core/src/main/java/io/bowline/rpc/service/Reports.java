package io.bowline.rpc.service;

import io.bowline.rpc.Attempt;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.CallListener;
import io.bowline.rpc.CallRecord;
import io.bowline.rpc.CallReport;
import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the reports of calls and gives them to who asked. Calls that are answered, and about which nobody asked, do not come
 * here. Thread-safe.
 *
 * @param listener hears of all failures, and of the calls that it asked for; null if nobody does
 */
record Reports(Timer timer, @Nullable CallListener listener) {
    private static final Logger log = LoggerFactory.getLogger(CallListener.class);

    /** What takes the call down; null if nobody asked. */
    @Nullable
    CallRecord recorded(RpcMethod method, CallContext context) {
        Consumer<? super CallReport> caller = context.reports();
        boolean listened = listener != null && asksFor(listener, method);
        return caller == null && !listened ? null : new CallRecord(caller, listened);
    }

    private static boolean asksFor(CallListener listener, RpcMethod method) {
        try {
            return listener.records(method);
        } catch (RuntimeException thrown) {
            log.warn("A listener failed when it was asked whether to record a call of {}", method, thrown);
            return false;
        }
    }

    /** The labels of an answer, for who asked for them. */
    void received(Consumer<? super Metadata> receiver, RpcMethod method, Metadata labels) {
        try {
            receiver.accept(labels);
        } catch (RuntimeException | Error thrown) {
            log.warn("A receiver failed with the labels of an answer of {}", method, thrown);
        }
    }

    /** A recorded call was answered. */
    void answered(Door.Way way, Request request, long start) {
        tell(request, report(way, request, start, null));
    }

    /** A call has failed: the failure, with this thread's stack and the report. */
    RpcException failed(Door.Way way, Request request, long start, RpcException failure) {
        boolean business = failure.code() == Code.APPLICATION && failure.getCause() != null;
        if (business && listener == null && request.recorded() == null) {
            return failure; // The caller sees the service's own exception, which tells of no attempts.
        }
        CallReport report = report(way, request, start, failure);
        tell(request, report);
        return failure.here(report);
    }

    private CallReport report(Door.Way way, Request request, long start, @Nullable RpcException failure) {
        long now = timer.nanoTime();
        CallRecord recorded = request.recorded();
        List<Attempt> failed = failure == null ? List.of() : failure.attempts();
        return new CallReport(
                request.method(),
                start,
                Duration.ofNanos(now - start),
                request.deadline(),
                Duration.ofNanos(request.deadline().remainingNanos(now)),
                failure,
                recorded == null ? failed : recorded.attempts(),
                way.explainer().circumstances(request),
                way.explainer().options());
    }

    private void tell(Request request, CallReport report) {
        CallRecord recorded = request.recorded();
        Consumer<? super CallReport> caller = recorded == null ? null : recorded.caller();
        if (caller != null) {
            tell(caller, report);
        }
        CallListener known = listener;
        if (known != null && (report.failure() != null || (recorded != null && recorded.listened()))) {
            tell(known::ended, report);
        }
    }

    private static void tell(Consumer<? super CallReport> listener, CallReport report) {
        try {
            listener.accept(report);
        } catch (RuntimeException thrown) {
            log.warn("A listener failed with the report of a call of {}", report.method(), thrown);
        }
    }
}
