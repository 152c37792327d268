package io.bowline.rpc.observe;

import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one method on one side. Those of an outcome are made when it happens for the first time, so that a method has
 * a series for each way in which it did fail, and not for each of the two dozen in which it might. Thread-safe.
 */
final class MethodMeters {
    private final Meters meters;
    private final CallMeasures measures;
    private final String service;
    private final String method;
    private final Meters.Gauge active;
    private final Meters.Counter started;
    private final Meters.@Nullable Rate rate;
    private final Meters.@Nullable Histogram deadlineUsed;

    /** By the number of the failure's code; 0 for an answer. */
    private final AtomicReferenceArray<@Nullable Outcome> outcomes = new AtomicReferenceArray<>(64);

    private record Outcome(Meters.Durations duration, Meters.@Nullable Counter failed) {}

    MethodMeters(Meters meters, CallMeasures measures, MetricsPolicy policy, String service, String method) {
        this.meters = meters;
        this.measures = measures;
        this.service = service;
        this.method = method;
        Map<String, String> labels = CallNames.labels(service, method);
        active = meters.gauge(measures.active(), labels);
        started = meters.counter(measures.started(), labels);
        rate = policy.rates() ? meters.rate(measures.rate(), labels) : null;
        deadlineUsed = policy.deadlines() ? meters.histogram(measures.deadlineUsed(), labels) : null;
    }

    void began() {
        active.add(1);
        started.add(1);
        if (rate != null) {
            rate.mark(1);
        }
    }

    void ended(@Nullable Code failure, long tookNanos, Deadline deadline) {
        active.add(-1);
        Outcome outcome = outcome(failure);
        outcome.duration.record(tookNanos);
        if (outcome.failed != null) {
            outcome.failed.add(1);
        }
        if (deadlineUsed != null) {
            long limit = deadline.limit().toNanos();
            deadlineUsed.record(limit <= 0 ? 1 : (double) tookNanos / limit);
        }
    }

    private Outcome outcome(@Nullable Code failure) {
        int index = failure == null ? 0 : failure.number();
        Outcome known = outcomes.get(index);
        if (known == null) { // Two threads may both make it: they get the same meters.
            Map<String, String> labels = CallNames.labels(service, method, CallNames.status(failure));
            known = new Outcome(
                    meters.timer(measures.duration(), labels),
                    failure == null ? null : meters.counter(measures.failed(), labels));
            outcomes.set(index, known);
        }
        return known;
    }
}
