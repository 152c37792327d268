package io.bowline.rpc.client;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import io.bowline.rpc.balance.FailureLoad;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.filter.OutlierPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves providers of one reference out for a while that do worse than the others: by failures in a row as they happen,
 * and by comparison once an interval, in the manner of Envoy's outlier detection. At most half are left out at once, so
 * one provider alone is never. Where others leave meanwhile, so that the ejected are more than half of those that are left,
 * all take calls ({@link LoadBalancer#avoiding}).
 *
 * <p>What the connections know themselves, a provider that cannot be reached or that drains, is not counted here. All
 * that is decided is decided under the directory's lock; a call only counts, and a success, where nothing is compared
 * and nothing has failed, does not do even that.
 */
final class Outliers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RpcClient.class);

    /** The median distance from the median of a normal distribution, times this, is its standard deviation. */
    private static final double NORMAL = 1.4826;

    /** A success rate within this of the median is no outlier's. */
    private static final double SMALL = 0.1;

    private final ServiceName service;
    private final OutlierPolicy policy;
    private final String origin;
    private final Timer timer;
    private final Directory directory;

    private volatile boolean closed;
    private volatile Cancellation.@Nullable Registration alarm;

    Outliers(ServiceName service, Setting<OutlierPolicy> policy, Timer timer, Directory directory) {
        this.service = service;
        this.policy = policy.value();
        this.origin = policy.origin();
        this.timer = timer;
        this.directory = directory;
    }

    /** Begins to compare, where that is asked for. */
    void start() {
        if (policy.rates().active() && !closed) {
            alarm = timer.schedule(policy.interval(), this::compare);
        }
    }

    @Override
    public void close() {
        closed = true;
        Cancellation.Registration pending = alarm;
        if (pending != null) {
            pending.close();
        }
    }

    /** A balancer that leaves out who is ejected, unless that is by now more than half of all who can be called. */
    static LoadBalancer around(LoadBalancer balancer) {
        return LoadBalancer.avoiding(node -> node instanceof RemoteInvoker known && known.leftOut(), balancer);
    }

    /** What a new provider starts with: nothing, where only failures in a row count. */
    @Nullable
    OutlierRecord firstRecord() {
        return policy.rates().active() ? new OutlierRecord(true) : null;
    }

    /** A call has failed at a provider. */
    void failed(RemoteInvoker node, Code failure, boolean unprocessed, long tookNanos) {
        boolean answer = failure == Code.APPLICATION;
        if (!answer && !speaksAgainst(failure, unprocessed)) {
            return;
        }
        OutlierRecord record = answer ? node.record() : node.recordMade();
        if (record == null) {
            return;
        }
        if (answer) {
            record.answered(tookNanos);
            return;
        }
        if (record.counts != null) {
            record.counts.ended(tookNanos, true);
        }
        // Who refuses because there is too much to do still does much. Without him the others would have to do it.
        if (failure != Code.OVERLOADED) {
            int row = record.inRow.incrementAndGet();
            if (row == policy.consecutive()) {
                directory.changeOutliers(
                        () -> eject(node, record, row + " calls in a row failed, the last as " + failure));
            }
        }
    }

    /** Whose fault it is the balancers know; that nothing comes back is for them a matter of time, and here of trust. */
    private static boolean speaksAgainst(Code failure, boolean unprocessed) {
        return switch (failure) {
            case DEADLINE_EXCEEDED -> true;
            case CONNECT_FAILED, CONNECTION_LOST -> false;
            default -> FailureLoad.isNodesFault(failure, unprocessed);
        };
    }

    private int most(int providers) {
        return (int) (policy.maxEjected() * providers);
    }

    /** Called with the directory's lock held, in a change of it; whether it was ejected. */
    private boolean eject(RemoteInvoker node, OutlierRecord record, String why) {
        List<RemoteInvoker> ready = directory.ready();
        long out = ready.stream().filter(RemoteInvoker::leftOut).count();
        if (record.ejected || !ready.contains(node) || out >= most(ready.size())) {
            record.inRow.set(0);
            return false;
        }
        long now = timer.nanoTime();
        if (record.times > 0) {
            long quiet = (now - record.untilNanos) / policy.interval().toNanos();
            record.times = (int) Math.max(0, record.times - quiet);
        }
        Duration pause = policy.ejectionAfter(record.times++);
        record.ejected = true;
        record.untilNanos = now + pause.toNanos();
        timer.schedule(pause, () -> directory.changeOutliers(() -> readmit(node, record)));
        log.info("{} is left out of {} for {} ms ({}): {}", node.address(), service, pause.toMillis(), origin, why);
        return true;
    }

    /** Called with the directory's lock held, in a change of it; whether it is there. */
    private boolean readmit(RemoteInvoker node, OutlierRecord record) {
        record.ejected = false;
        record.inRow.set(0);
        boolean stayed = directory.ready().contains(node);
        if (stayed) {
            log.info("{} takes calls of {} again", node.address(), service);
        }
        return stayed;
    }

    /** One provider's figures of an interval. */
    private record Sample(RemoteInvoker node, OutlierRecord record, double success, double nanos) {}

    private void compare() {
        if (closed) {
            return;
        }
        List<Sample> samples = new ArrayList<>();
        for (RemoteInvoker node : directory.ready()) {
            OutlierRecord record = node.record();
            if (record != null && record.counts != null) {
                long calls = record.counts.calls.sumThenReset();
                double failed = record.counts.failed.sumThenReset();
                double nanos = record.counts.nanos.sumThenReset();
                if (calls >= policy.rates().minCalls()) {
                    samples.add(new Sample(node, record, 1 - failed / calls, nanos / calls));
                }
            }
        }
        if (samples.size() >= policy.rates().minProviders()) {
            judge(samples);
        }
        start();
    }

    private void judge(List<Sample> samples) {
        double success = median(samples, Sample::success);
        double spread = NORMAL * median(samples, sample -> Math.abs(sample.success - success));
        double lowest = success - Math.max(SMALL, policy.rates().deviations() * spread);
        double factor = policy.rates().latencyFactor();
        double slowest = factor == 0 ? Double.MAX_VALUE : factor * median(samples, Sample::nanos);
        for (Sample sample : samples) {
            if (sample.success < lowest) {
                eject(
                        sample,
                        "%.0f %% of its calls succeeded, %.0f %% of the others'"
                                .formatted(100 * sample.success, 100 * success));
            } else if (sample.nanos > slowest) {
                eject(
                        sample,
                        "its calls took %.1f ms, those of the others %.1f ms"
                                .formatted(sample.nanos / 1e6, slowest / factor / 1e6));
            }
        }
    }

    private void eject(Sample sample, String why) {
        directory.changeOutliers(() -> eject(sample.node, sample.record, why));
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
