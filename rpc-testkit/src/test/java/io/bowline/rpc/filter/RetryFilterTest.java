package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RetryFilterTest {
    private final ManualTimer timer = new ManualTimer();
    private final RetryBudget budget = new RetryBudget(RetryBudgetPolicy.DEFAULT, timer);
    private final Queue<Object> outcomes = new ArrayDeque<>();
    private int attempts;

    private final Invoker provider = request -> {
        attempts++;
        Object outcome = outcomes.isEmpty() ? "ok" : outcomes.remove();
        return outcome instanceof RpcException failure
                ? CompletableFuture.failedFuture(failure)
                : CompletableFuture.completedFuture(Response.of(outcome));
    };

    private static final RpcException NOT_BEGUN = RpcException.unprocessed(Code.OVERLOADED, "full");
    private static final RpcException UNKNOWN = RpcException.of(Code.CONNECTION_LOST, "lost");

    private Request request(boolean idempotent) {
        RpcMethod method = RpcMethod.builder(ServiceName.of("demo.Shop"), "buy()")
                .traits(idempotent ? List.of(RpcMethod.Trait.IDEMPOTENT) : List.of())
                .build();
        Deadline deadline = Deadline.after(Duration.ofSeconds(3), timer.nanoTime(), "test");
        return new Request(method, new Object[0], Metadata.EMPTY, deadline, new Cancellation(), "");
    }

    private CompletableFuture<Response> call(Request request) {
        return new RetryFilter(RetryPolicy.DEFAULT, budget, timer)
                .before(provider)
                .invoke(request)
                .toCompletableFuture();
    }

    private static RpcException failure(CompletableFuture<Response> call) {
        assertThat(call).isCompletedExceptionally();
        return call.handle((response, thrown) -> RpcException.from(thrown)).join();
    }

    @Test
    void retriesAtOnceWhatCertainlyDidNotBegin() {
        outcomes.add(NOT_BEGUN);
        assertThat(call(request(false)).join().value()).isEqualTo("ok");
        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void neverRetriesACallOfUnknownOutcome() {
        outcomes.add(UNKNOWN);
        assertThat(failure(call(request(false)))).isSameAs(UNKNOWN);
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void retriesAnIdempotentCallOfUnknownOutcomeAfterAPause() {
        outcomes.add(UNKNOWN);
        CompletableFuture<Response> call = call(request(true));
        assertThat(attempts).isEqualTo(1);
        timer.advance(Duration.ofMillis(20));
        assertThat(call.join().value()).isEqualTo("ok");
    }

    @Test
    void neverRetriesWhatAnotherProviderWouldAnswerAlike() {
        for (Code code : List.of(Code.METHOD_NOT_FOUND, Code.NOT_SERIALIZABLE, Code.BUDGET_SPENT, Code.APPLICATION)) {
            attempts = 0;
            outcomes.add(RpcException.unprocessed(code, "no"));
            assertThat(failure(call(request(true))).code()).isEqualTo(code);
            assertThat(attempts).as(code.name()).isEqualTo(1);
        }
    }

    @Test
    void givesUpAfterThePolicysAttemptsAndSaysSo() {
        outcomes.addAll(List.of(NOT_BEGUN, NOT_BEGUN, NOT_BEGUN, NOT_BEGUN));
        CompletableFuture<Response> call = call(request(false));
        timer.advance(Duration.ofSeconds(1));
        assertThat(failure(call)).hasMessageContaining("attempts: 3");
        assertThat(failure(call).unprocessed()).isTrue();
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void oneAttemptThatMayHaveBegunMakesTheWholeCallPerhapsProcessed() {
        outcomes.addAll(List.of(UNKNOWN, NOT_BEGUN, NOT_BEGUN));
        CompletableFuture<Response> call = call(request(true));
        timer.advance(Duration.ofSeconds(1));
        assertThat(failure(call).code()).isEqualTo(Code.OVERLOADED);
        assertThat(failure(call).unprocessed()).isFalse();
    }

    @Test
    void stopsWhenTheDeadlineLeavesNoTime() {
        outcomes.addAll(List.of(NOT_BEGUN, NOT_BEGUN));
        Request request = request(false);
        timer.advance(Duration.ofSeconds(3));
        assertThat(failure(call(request))).hasMessageContaining("too little time");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void stopsWhenTheCallerCancels() {
        outcomes.add(NOT_BEGUN);
        Request request = request(false);
        request.cancellation().cancel();
        assertThat(failure(call(request))).isSameAs(NOT_BEGUN);
    }

    @Test
    void anOutageCostsATenthMoreAndTheFloorNotThreeTimesTheCalls() {
        for (int i = 0; i < 10_000; i++) {
            outcomes.addAll(List.of(NOT_BEGUN, NOT_BEGUN, NOT_BEGUN));
            call(request(false));
            outcomes.clear();
        }
        assertThat(attempts).isBetween(10_900, 11_000);
    }

    @Test
    void whatHealthyCallsSavedIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            budget.paidCall();
        }
        assertThat(granted()).isEqualTo(100);
    }

    @Test
    void callsPayTheFloorBackBeforeTheySave() {
        assertThat(granted()).isEqualTo(10);
        for (int i = 0; i < 100; i++) {
            budget.paidCall();
        }
        assertThat(granted()).isZero();
        for (int i = 0; i < 100; i++) {
            budget.paidCall();
        }
        assertThat(granted()).isEqualTo(10);
    }

    @Test
    void whatWasNotUsedIsGivenBack() {
        assertThat(granted()).isEqualTo(10);
        budget.giveBack();
        assertThat(granted()).isEqualTo(1);
    }

    private int granted() {
        int granted = 0;
        while (budget.tryAttempt()) {
            granted++;
        }
        return granted;
    }

    @Test
    void theFloorIsPaidBySeconds() {
        assertThat(granted()).isEqualTo(10);
        timer.advance(Duration.ofMillis(999));
        assertThat(granted()).isZero();
        timer.advance(Duration.ofMillis(1));
        assertThat(granted()).isEqualTo(10);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO))
                .withMessage("maxAttempts: 0 (expected: 1 to 100)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(2, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("0 <= backoff <= maxBackoff");
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudgetPolicy(2, 1));
    }
}
