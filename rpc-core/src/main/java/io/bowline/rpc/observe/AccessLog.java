package io.bowline.rpc.observe;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one entry for each call, when it has ended, to the logger {@value #LOGGER}, at INFO: {@code
 * RpcServer.builder().filter(AccessLog.server(AccessLogPolicy.DEFAULT))}. On a server it sees what is refused, too. A trace's id
 * is told where {@code traceparent} is among the labels that pass here, on a client below the filter that puts it there.
 *
 * <p>It writes on whatever thread ends the call, which may be an I/O thread: have an asynchronous appender. While the logger
 * is off, a call costs the question. Thread-safe.
 */
public final class AccessLog implements Filter {
    /** The logger's name. */
    public static final String LOGGER = "io.bowline.rpc.access";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    private final Side side;
    private final AccessLogPolicy policy;
    private final Timer timer;
    private final Clock clock;

    AccessLog(Side side, AccessLogPolicy policy, Timer timer, Clock clock) {
        this.side = side;
        this.policy = policy;
        this.timer = timer;
        this.clock = clock;
    }

    /** Of a client's calls. */
    public static AccessLog client(AccessLogPolicy policy) {
        return new AccessLog(Side.CLIENT, policy, Timer.system(), Clock.systemUTC());
    }

    /** Of a server's calls. */
    public static AccessLog server(AccessLogPolicy policy) {
        return new AccessLog(Side.SERVER, policy, Timer.system(), Clock.systemUTC());
    }

    @Override
    public boolean observes() {
        return true;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        boolean drawn = policy.share() > 0
                && (policy.share() >= 1 || ThreadLocalRandom.current().nextDouble() < policy.share());
        if (!(drawn || policy.failures()) || !log.isInfoEnabled()) {
            return next.invoke(request);
        }
        long began = side == Side.CLIENT ? timer.nanoTime() : CallEnd.arrivedNanos(request.deadline());
        return CallEnd.of(next.attempt(request), failure -> {
            if (drawn || failure != null) {
                write(request, timer.nanoTime() - began, failure);
            }
        });
    }

    private void write(Request request, long tookNanos, @Nullable RpcException failure) {
        AccessEntry entry = new AccessEntry(
                clock.instant(),
                side,
                request,
                CallNames.status(failure == null ? null : failure.code()),
                tookNanos,
                policy.arguments().of(request));
        log.info("{}", policy.format() == AccessLogPolicy.Format.JSON ? entry.json() : entry.line());
    }
}
