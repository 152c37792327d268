package io.bowline.rpc.observe;

import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures calls by service, method and outcome: how many are under way, have begun and have failed, how many a second, how
 * long they took, and how much of their deadlines. On a client it measures what users see, however many attempts that takes; on
 * a server, the time from the arrival of a request, what is refused included. {@link AttemptMetricsFilter} counts attempts.
 *
 * <pre>{@code
 * RpcClient.builder().filter(MetricsFilter.client(meters)).attempt(AttemptMetricsFilter.of(meters))
 * RpcServer.builder().filter(MetricsFilter.server(meters))
 * }</pre>
 *
 * <p>No series bears an address. Methods that no contract describes share one, and so do those beyond the policy's bound.
 */
public final class MetricsFilter implements Filter {
    private final Side side;
    private final Timer timer;
    private final BoundedMethods<MethodMeters> methods;

    public MetricsFilter(Side side, Meters meters, MetricsPolicy policy, Timer timer) {
        this.side = side;
        this.timer = timer;
        CallMeasures measures = CallMeasures.of(side);
        Meters forgiving = new ForgivingMeters(meters);
        methods = new BoundedMethods<>(
                policy.maxMethods(),
                (service, method) -> new MethodMeters(forgiving, measures, policy, service, method));
    }

    /** For all calls of a client. */
    public static MetricsFilter client(Meters meters) {
        return client(meters, MetricsPolicy.DEFAULT);
    }

    /** For all calls of a client, as much as the policy says. */
    public static MetricsFilter client(Meters meters, MetricsPolicy policy) {
        return new MetricsFilter(Side.CLIENT, meters, policy, Timer.system());
    }

    /** For all calls of a server. */
    public static MetricsFilter server(Meters meters) {
        return server(meters, MetricsPolicy.DEFAULT);
    }

    /** For all calls of a server, as much as the policy says. */
    public static MetricsFilter server(Meters meters, MetricsPolicy policy) {
        return new MetricsFilter(Side.SERVER, meters, policy, Timer.system());
    }

    @Override
    public boolean observes() {
        return true;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return measured(methods.of(request.method()), request, next);
    }

    @Override
    public Invoker before(Invoker next) {
        BoundedMethods<MethodMeters>.Last last = methods.last();
        return request -> measured(last.of(request.method()), request, next);
    }

    private CompletionStage<Response> measured(MethodMeters meters, Request request, Invoker next) {
        Deadline deadline = request.deadline();
        long began = side == Side.CLIENT ? timer.nanoTime() : CallEnd.arrivedNanos(deadline);
        meters.began();
        CompletionStage<Response> call = next.attempt(request);
        if (call instanceof CompletableFuture<Response> known && known.isDone() && !known.isCompletedExceptionally()) {
            meters.ended(null, timer.nanoTime() - began, deadline);
        } else {
            call.whenComplete(new Passage(meters, deadline, began));
        }
        return call;
    }

    /** A call that is under way. */
    private final class Passage implements BiConsumer<@Nullable Response, @Nullable Throwable> {
        private final MethodMeters meters;
        private final Deadline deadline;
        private final long began;

        Passage(MethodMeters meters, Deadline deadline, long began) {
            this.meters = meters;
            this.deadline = deadline;
            this.began = began;
        }

        @Override
        public void accept(@Nullable Response response, @Nullable Throwable thrown) {
            Code failure = CallNames.code(thrown);
            meters.ended(failure, timer.nanoTime() - began, deadline);
        }
    }
}
