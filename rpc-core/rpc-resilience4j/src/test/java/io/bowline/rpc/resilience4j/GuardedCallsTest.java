package io.bowline.rpc.resilience4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** On which thread, how often and in what order a guard is told. */
class GuardedCallsTest {
    private static final RpcMethod METHOD =
            RpcMethod.builder(ServiceName.of("demo.Shop"), "find()").build();

    private final Cancellation cancellation = new Cancellation();
    private final Request request = new Request(
            METHOD,
            new Object[0],
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(3), System.nanoTime(), "test"),
            cancellation,
            "");
    private final Bulkhead bulkhead =
            Bulkhead.of("narrow", BulkheadConfig.custom().maxConcurrentCalls(1).build());

    private int room() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls();
    }

    @Test
    void anEndIsToldOnTheThreadThatEndsTheCall() throws InterruptedException {
        CircuitBreaker breaker = CircuitBreaker.ofDefaults("threads");
        AtomicReference<Thread> told = new AtomicReference<>();
        breaker.getEventPublisher().onSuccess(event -> told.set(Thread.currentThread()));
        CompletableFuture<Response> call = new CompletableFuture<>();
        CompletionStage<Response> seen =
                CircuitBreakerFilter.of(breaker).before(r -> call).invoke(request);
        Thread ends = new Thread(() -> call.complete(Response.of("tea")));
        ends.start();
        ends.join();
        assertThat(told).hasValue(ends);
        assertThat(seen).isCompleted();
    }

    @Test
    void whoeverGoesOnFromAnAnswerFindsItsPlaceFree() {
        CompletableFuture<Response> call = new CompletableFuture<>();
        AtomicInteger found = new AtomicInteger(-1);
        BulkheadFilter.of(bulkhead).before(r -> call).invoke(request).thenRun(() -> found.set(room()));
        call.complete(Response.of("tea"));
        assertThat(found).hasValue(1);
    }

    @Test
    void aCallThatIsCancelledAndThenEndsLeavesOnce() {
        CompletableFuture<Response> call = new CompletableFuture<>();
        Invoker calls = BulkheadFilter.of(bulkhead).before(r -> call);
        calls.invoke(request);
        assertThat(room()).isZero();
        cancellation.cancel();
        assertThat(room()).isEqualTo(1);
        call.complete(Response.of("tea"));
        assertThat(room()).isEqualTo(1);
        assertThat(calls.invoke(request)).isCompleted();
        assertThat(room()).isEqualTo(1);
    }

    @Test
    void whatThrowsInsteadOfFailingLeavesToo() {
        CompletionStage<Response> call = BulkheadFilter.of(bulkhead)
                .before(r -> {
                    throw new IllegalStateException("no stage");
                })
                .invoke(request);
        assertThat(call).isCompletedExceptionally();
        assertThat(room()).isEqualTo(1);
    }

    @Test
    void anInstanceIsLookedUpOnceForAMethod() {
        AtomicInteger asked = new AtomicInteger();
        Invoker calls = BulkheadFilter.of(bulkhead)
                .named(method -> "asked " + asked.incrementAndGet())
                .before(r -> CompletableFuture.completedFuture(Response.of("tea")));
        calls.invoke(request);
        calls.invoke(request);
        assertThat(asked).hasValue(1);
    }

    @Test
    void namesThatThrowFailTheCall() {
        CompletionStage<Response> call = BulkheadFilter.of(bulkhead)
                .named(method -> {
                    throw new IllegalStateException("no name");
                })
                .before(r -> CompletableFuture.completedFuture(Response.of("tea")))
                .invoke(request);
        assertThat(call).isCompletedExceptionally();
    }
}
