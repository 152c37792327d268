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
import io.bowline.rpc.resilience4j.BulkheadFilter;
import io.bowline.rpc.resilience4j.CircuitBreakerFilter;
import io.bowline.rpc.resilience4j.RateLimiterFilter;
import io.bowline.rpc.sentinel.SentinelFilter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a call pays where it passes an object of another library, in front of a service that answers on the spot. */
@State(Scope.Benchmark)
public class AdapterCost {
    private static final CompletionStage<Response> ANSWER = CompletableFuture.completedFuture(Response.of("tea"));

    private final RpcMethod method = RpcMethod.builder(ServiceName.of("demo.Shop"), "buy(java.lang.String)")
            .build();
    private final Deadline deadline = Deadline.after(Duration.ofDays(1), System.nanoTime(), "benchmark");
    private final Object[] arguments = {"tea"};

    private final Invoker bare = request -> ANSWER;
    private final Invoker breaker = behind(CircuitBreakerFilter.of(CircuitBreaker.ofDefaults("shop")));
    private final Invoker bulkhead = behind(BulkheadFilter.of(Bulkhead.ofDefaults("shop")));
    private final Invoker limiter = behind(RateLimiterFilter.of(RateLimiter.of(
            "shop",
            RateLimiterConfig.custom()
                    .limitForPeriod(1_000_000_000)
                    .limitRefreshPeriod(Duration.ofSeconds(1))
                    .timeoutDuration(Duration.ZERO)
                    .build())));
    private final Invoker sentinel = behind(SentinelFilter.client());

    private Invoker behind(Filter filter) {
        return filter.before(bare);
    }

    /** A call has a request and a cancellation of its own, which is in all of these figures. */
    private CompletionStage<Response> call(Invoker invoker) {
        return invoker.invoke(new Request(method, arguments, Metadata.EMPTY, deadline, new Cancellation(), ""));
    }

    @Benchmark
    public CompletionStage<Response> none() {
        return call(bare);
    }

    @Benchmark
    public CompletionStage<Response> circuitBreaker() {
        return call(breaker);
    }

    @Benchmark
    public CompletionStage<Response> bulkhead() {
        return call(bulkhead);
    }

    @Benchmark
    public CompletionStage<Response> rateLimiter() {
        return call(limiter);
    }

    @Benchmark
    public CompletionStage<Response> sentinelWithoutRules() {
        return call(sentinel);
    }
}
