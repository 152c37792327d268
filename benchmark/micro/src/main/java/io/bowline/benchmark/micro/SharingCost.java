package io.bowline.benchmark.micro;

import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import io.bowline.rpc.filter.CacheFilter;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CoalesceFilter;
import io.bowline.rpc.filter.CoalescePolicy;
import io.bowline.rpc.filter.DuplicateFilter;
import io.bowline.rpc.filter.DuplicatePolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a call pays for sharing its answer, above an invoker that has the answer ready. */
@State(Scope.Thread)
public class SharingCost {
    private static final CompletionStage<Response> ANSWER = CompletableFuture.completedFuture(Response.of(true));

    private final Timer timer = Timer.system();
    private final Request request = Contract.existUser();
    private final Invoker last = ignored -> ANSWER;
    private final Invoker cached = new CacheFilter(CachePolicy.of(100, Duration.ofDays(1)), timer).before(last);
    private final Invoker coalesced = new CoalesceFilter(CoalescePolicy.IDENTICAL, timer).before(last);
    private final DuplicatePolicy policy = new DuplicatePolicy(Duration.ofDays(1), 10_000);
    private final Invoker known = new DuplicateFilter(policy, call -> call.arguments()[0], timer).before(last);
    private final Invoker fresh = new DuplicateFilter(policy, call -> new Object(), timer).before(last);

    @Benchmark
    public CompletionStage<Response> cacheHit() {
        return cached.invoke(request);
    }

    @Benchmark
    public CompletionStage<Response> coalesceAlone() {
        return coalesced.invoke(request);
    }

    @Benchmark
    public CompletionStage<Response> duplicateKnown() {
        return known.invoke(request);
    }

    /** A call that nobody sent before, with 10,000 ended ones known: the oldest is forgotten. */
    @Benchmark
    public CompletionStage<Response> duplicateNew() {
        return fresh.invoke(request);
    }
}
