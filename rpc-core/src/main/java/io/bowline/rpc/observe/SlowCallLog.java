package io.bowline.rpc.observe;

import io.bowline.rpc.CallListener;
import io.bowline.rpc.CallRecord;
import io.bowline.rpc.CallReport;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.Timer;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down slow calls, with where their time went, to the logger {@value #LOGGER}, at WARN. On a client it is a filter and
 * the listener, on a server a filter:
 *
 * <pre>{@code
 * SlowCallLog slow = SlowCallLog.client(SlowCallPolicy.DEFAULT);
 * RpcClient.builder().filter(slow).listener(slow)
 * RpcServer.builder().filter(SlowCallLog.server(SlowCallPolicy.DEFAULT))
 * }</pre>
 *
 * <p>A client's slow call is told in full, by its {@link CallReport}, if it failed, or if it was recorded. Recording costs about
 * a microsecond, some 1,700 bytes and two labels on the wire, so calls are not recorded for no reason: the first slow call of
 * a method is told in one line, and has its calls of the next ten seconds recorded. A share may be recorded in any case. A
 * server knows of each call how long it waited for its handler. Thread-safe.
 */
public final class SlowCallLog implements Filter, CallListener {
    /** The logger's name. */
    public static final String LOGGER = "io.bowline.rpc.slow";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Side side;
    private final SlowCallPolicy policy;
    private final Timer timer;
    private final long thresholdNanos;
    private final LineBudget lines;
    private final WatchedMethods watched = new WatchedMethods();

    SlowCallLog(Side side, SlowCallPolicy policy, Timer timer) {
        this.side = side;
        this.policy = policy;
        this.timer = timer;
        thresholdNanos = policy.threshold().toNanos();
        lines = new LineBudget(policy.linesPerMinute(), timer.nanoTime());
    }

    /** Of a client's calls. */
    public static SlowCallLog client(SlowCallPolicy policy) {
        return new SlowCallLog(Side.CLIENT, policy, Timer.system());
    }

    /** Of a server's calls. */
    public static SlowCallLog server(SlowCallPolicy policy) {
        return new SlowCallLog(Side.SERVER, policy, Timer.system());
    }

    @Override
    public boolean observes() {
        return true;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        long entered = timer.nanoTime();
        CompletionStage<Response> call = next.attempt(request);
        return CallEnd.of(call, failure -> {
            long now = timer.nanoTime();
            if (side == Side.SERVER) {
                served(request, entered, now, CallNames.status(failure == null ? null : failure.code()));
            } else if (failure == null && now - entered >= thresholdNanos) {
                called(request, entered, now);
            }
        });
    }

    private void served(Request request, long entered, long now, String status) {
        long arrived = CallEnd.arrivedNanos(request.deadline());
        if (now - arrived >= thresholdNanos) {
            write(
                    now,
                    "slow call of " + request.method() + " from " + request.peer() + ": " + status + " after "
                            + millis(now - arrived) + ", queue " + millis(entered - arrived) + ", handler "
                            + millis(now - entered) + ", deadline " + request.deadline());
        }
    }

    /** Answered, and late. */
    private void called(Request request, long entered, long now) {
        watched.watch(request.method(), now);
        CallRecord recorded = request.recorded();
        if (recorded == null || !recorded.listened()) { // else the listener hears of it, and knows more
            write(
                    now,
                    "slow call of " + request.method() + ": OK after " + millis(now - entered) + ", deadline "
                            + request.deadline() + "; its next calls are recorded");
        }
    }

    @Override
    public boolean records(RpcMethod method) {
        return watched.isWatched(method, timer.nanoTime())
                || (policy.recorded() > 0 && ThreadLocalRandom.current().nextDouble() < policy.recorded());
    }

    @Override
    public void ended(CallReport report) {
        if (report.took().toNanos() >= thresholdNanos) {
            long now = timer.nanoTime();
            watched.watch(report.method(), now);
            write(now, "slow call\n" + report);
        }
    }

    private void write(long now, String entry) {
        if (!log.isWarnEnabled()) {
            return;
        }
        long leftOut = lines.tryWrite(now);
        if (leftOut >= 0) {
            log.warn("{}{}", entry, leftOut == 0 ? "" : " (" + leftOut + " more before it were not written)");
        }
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", nanos / NANOS_PER_MILLI);
    }
}
