package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.testkit.ManualTimer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailbackFilterTest {
    private static final RpcException LOST = RpcException.of(Code.CONNECTION_LOST, "lost");
    private static final RpcException THREW = RpcException.application(new IllegalStateException("no"), null);
    private static final RpcException CLOSED = RpcException.unprocessed(Code.CLOSED, "closed");
    private static final Duration STEP = Duration.ofSeconds(10);

    private final ManualTimer timer = new ManualTimer();
    private RetryBudget budget = new RetryBudget(RetryBudgetPolicy.DEFAULT, timer);
    private final List<Request> attempts = new CopyOnWriteArrayList<>();
    private final Queue<RpcException> failures = new ConcurrentLinkedQueue<>();
    private final Queue<RpcException> givenUp = new ConcurrentLinkedQueue<>();

    private final Invoker provider = request -> {
        attempts.add(request);
        RpcException failure = failures.poll();
        return failure == null
                ? CompletableFuture.completedFuture(Response.of(null))
                : CompletableFuture.failedFuture(failure);
    };

    private final RpcMethod method = RpcMethod.builder(ServiceName.of("demo.Audit"), "tell(String)")
            .traits(List.of(RpcMethod.Trait.IDEMPOTENT))
            .build();

    private Request request() {
        return new Request(
                method,
                new Object[] {"moved"},
                Metadata.of("tenant", "7"),
                Deadline.after(Duration.ofSeconds(2), timer.nanoTime(), "test"),
                new Cancellation(),
                "");
    }

    private Invoker invoker(RetryStore store) {
        FailbackPolicy policy =
                new FailbackPolicy(store, 4, Duration.ofSeconds(1), STEP, (request, failure) -> givenUp.add(failure));
        return policy.filters(new CallStrategy.Surroundings(
                        method, new TextCodec(), "texts", RetryPolicy.NONE, budget, timer))
                .get(0)
                .before(provider);
    }

    private CompletableFuture<Response> call(RetryStore store) {
        return invoker(store).invoke(request()).toCompletableFuture();
    }

    private static RpcException failure(CompletableFuture<Response> call) {
        await().until(call::isCompletedExceptionally);
        return call.handle((response, thrown) -> RpcException.from(thrown)).join();
    }

    /** Waits for the alarm of the next attempt and lets it ring. */
    private void ringNext() {
        await().until(timer::runNext);
    }

    private void awaitAttempts(int count) {
        await().untilAsserted(() -> assertThat(attempts).hasSize(count));
    }

    @Test
    void aCallThatNobodyCouldTakeIsAnsweredWithNothingAndDeliveredLater() {
        failures.addAll(List.of(LOST, LOST));
        assertThat(call(RetryStore.inMemory(10)).join().value()).isNull();
        assertThat(attempts).hasSize(1);
        ringNext();
        awaitAttempts(2);
        ringNext();
        awaitAttempts(3);
        Request delivered = attempts.get(2);
        assertThat(delivered.arguments()).containsExactly("moved");
        assertThat(delivered.metadata().get("tenant")).isEqualTo("7");
        assertThat(delivered.deadline().limit()).isEqualTo(Duration.ofSeconds(2));
        assertThat(delivered.deadline().remainingNanos(timer.nanoTime())).isEqualTo(2_000_000_000L);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void whatTheServiceThrewIsTheCallersAndWhatItCancelledToo() {
        failures.add(THREW);
        assertThat(failure(call(RetryStore.inMemory(10))).code()).isEqualTo(Code.APPLICATION);
        failures.add(RpcException.of(Code.CANCELLED, "enough"));
        assertThat(failure(call(RetryStore.inMemory(10))).code()).isEqualTo(Code.CANCELLED);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void givesUpAfterThePolicysAttemptsAndTells() {
        failures.addAll(List.of(LOST, LOST, LOST, LOST));
        call(RetryStore.inMemory(10)).join();
        for (int attempt = 2; attempt <= 4; attempt++) {
            ringNext();
            awaitAttempts(attempt);
        }
        await().untilAsserted(() -> assertThat(givenUp).containsExactly(LOST));
        assertThat(timer.pending()).isZero();
    }

    @Test
    void givesUpAtOnceWhenTheServiceThrows() {
        failures.addAll(List.of(LOST, THREW));
        call(RetryStore.inMemory(10)).join();
        ringNext();
        await().untilAsserted(() -> assertThat(givenUp).containsExactly(THREW));
    }

    @Test
    void aFullStoreLeavesTheFailureToTheCaller() {
        RetryStore store = RetryStore.inMemory(1);
        failures.addAll(List.of(LOST, LOST));
        call(store).join();
        assertThat(failure(call(store)))
                .hasMessageContaining("lost")
                .hasMessageContaining("the store of calls to deliver is full");
    }

    @Test
    void deliveriesComeOutOfTheBudgetAndWaitWhenItIsSpent() {
        RetryBudget spent = new RetryBudget(new RetryBudgetPolicy(0.5, 0), timer);
        budget = spent;
        failures.addAll(List.of(LOST, LOST));
        call(RetryStore.inMemory(10)).join();
        ringNext();
        // The one alarm has rung, nothing was sent, and another one is set.
        await().until(() -> timer.pending() > 0);
        assertThat(attempts).hasSize(1);
        spent.giveBack();
        ringNext();
        awaitAttempts(2);
    }

    @Test
    void whatAClosedClientLeavesIsDeliveredByTheNextProcess(@TempDir Path folder) {
        failures.addAll(List.of(LOST, CLOSED));
        try (RetryStore store = RetryStore.inFiles(folder, 10)) {
            call(store).join();
            ringNext();
            awaitAttempts(2);
        }
        try (RetryStore store = RetryStore.inFiles(folder, 10)) {
            assertThat(invoker(store)).isNotNull();
            ringNext();
            awaitAttempts(3);
            assertThat(attempts.get(2).arguments()).containsExactly("moved");
            assertThat(attempts.get(2).metadata().get("tenant")).isEqualTo("7");
            await().untilAsserted(() -> assertThat(folder).isDirectoryNotContaining("glob:**.call"));
        }
        assertThat(givenUp).isEmpty();
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailbackPolicy(RetryStore.inMemory(1), 1, STEP, STEP, (request, failure) -> {}))
                .withMessage("maxAttempts: 1 (expected: >= 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryStore.inMemory(0))
                .withMessage("capacity: 0 (expected: >= 1)");
    }
}
