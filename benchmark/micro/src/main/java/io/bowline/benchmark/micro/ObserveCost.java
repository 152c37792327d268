package io.bowline.benchmark.micro;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import io.bowline.rpc.observe.AccessLog;
import io.bowline.rpc.observe.AccessLogPolicy;
import io.bowline.rpc.observe.AttemptMetricsFilter;
import io.bowline.rpc.observe.FlightEvents;
import io.bowline.rpc.observe.MemoryMeters;
import io.bowline.rpc.observe.MetricsFilter;
import io.bowline.rpc.observe.SlowCallLog;
import io.bowline.rpc.observe.SlowCallPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a call that is answered on the spot pays to be looked at. */
@State(Scope.Benchmark)
public class ObserveCost {
    private final MemoryMeters meters = MemoryMeters.create();
    private final CompletableFuture<Response> answer = CompletableFuture.completedFuture(Response.of("tea"));
    private final Invoker bare = request -> answer;
    private final Request request = new Request(
            RpcMethod.builder(ServiceName.of("demo.Shop"), "buy(java.lang.String)")
                    .build(),
            new Object[] {"tea"},
            Metadata.EMPTY,
            Deadline.after(Duration.ofDays(1), Timer.system().nanoTime(), "benchmark"),
            new Cancellation(),
            "");
    private final Invoker metrics = with(MetricsFilter.client(meters));
    private final Invoker attempts = with(AttemptMetricsFilter.of(meters));
    private final Invoker slow = with(SlowCallLog.client(SlowCallPolicy.DEFAULT));
    private final Invoker access = with(AccessLog.client(AccessLogPolicy.DEFAULT));
    private final Invoker flight = with(FlightEvents.client());

    private Invoker with(Filter filter) {
        return filter.before(bare);
    }

    /** Nobody looks. */
    @Benchmark
    public CompletionStage<Response> bare() {
        return bare.invoke(request);
    }

    @Benchmark
    public CompletionStage<Response> metrics() {
        return metrics.invoke(request);
    }

    @Benchmark
    public CompletionStage<Response> attempts() {
        return attempts.invoke(request);
    }

    @Benchmark
    public CompletionStage<Response> slowCalls() {
        return slow.invoke(request);
    }

    /** The logger is off, as benchmarks have it. */
    @Benchmark
    public CompletionStage<Response> accessLogOff() {
        return access.invoke(request);
    }

    /** No recording runs. */
    @Benchmark
    public CompletionStage<Response> flightOff() {
        return flight.invoke(request);
    }
}
