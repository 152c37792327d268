package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.ResponseFuture;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackFilterTest {
    private static final RpcException OUTAGE = RpcException.of(Code.CONNECTION_LOST, "lost");

    private final ManualTimer timer = new ManualTimer();
    private final Degradation degradation = new Degradation();
    private final List<RpcException> answeredFor = new ArrayList<>();
    private final RpcMethod method = RpcMethod.builder(ServiceName.of("demo.Shop"), "price(java.lang.String)")
            .build();
    private final Request request = new Request(
            method,
            new Object[] {"tea"},
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(3), timer.nanoTime(), "test"),
            new Cancellation(),
            "");

    private final FallbackFilter.Answer answer = (request, failure) -> {
        answeredFor.add(failure);
        return CompletableFuture.completedFuture(Response.of("instead"));
    };

    private final FallbackFilter filter = new FallbackFilter(FallbackPolicy.DEFAULT, answer, degradation);

    /** An attempt as the engine makes it, ended by the test. */
    private static final class Attempt extends ResponseFuture {
        Attempt(Request request) {
            super(request);
        }

        void end(RpcException failure) {
            fail(failure);
        }
    }

    private static Invoker failing(RpcException failure) {
        return request -> CompletableFuture.failedFuture(failure);
    }

    private static Object value(CompletionStage<Response> call) {
        return call.toCompletableFuture().join().value();
    }

    private static RpcException failure(CompletionStage<Response> call) {
        assertThat(call.toCompletableFuture()).isCompletedExceptionally();
        return call.handle((response, thrown) -> RpcException.from(thrown))
                .toCompletableFuture()
                .join();
    }

    @Test
    void answersInPlaceOfAFailure() {
        assertThat(value(filter.apply(request, failing(OUTAGE)))).isEqualTo("instead");
        assertThat(answeredFor).containsExactly(OUTAGE);
    }

    @Test
    void answersForWhatIsThrownToo() {
        assertThat(value(filter.before(any -> {
                            throw OUTAGE;
                        })
                        .invoke(request)))
                .isEqualTo("instead");
    }

    @Test
    void leavesSuccessAlone() {
        CompletableFuture<Response> done = CompletableFuture.completedFuture(Response.of("real"));
        assertThat(value(filter.apply(request, any -> done))).isEqualTo("real");
        assertThat(answeredFor).isEmpty();
    }

    @Test
    void putsNoStageAroundAnAttempt() {
        Attempt attempt = new Attempt(request);
        assertThat(filter.apply(request, any -> attempt)).isSameAs(attempt);
        attempt.end(OUTAGE);
        assertThat(value(attempt)).isEqualTo("instead");
    }

    @Test
    void putsNoStageAroundAnAttemptThatMayBeTriedAgainEither() {
        List<Attempt> attempts = new ArrayList<>();
        RetryFilter retry =
                new RetryFilter(RetryPolicy.DEFAULT, new RetryBudget(RetryBudgetPolicy.DEFAULT, timer), timer);
        Invoker chain = Filter.chain(List.of(filter, retry), any -> {
            attempts.add(new Attempt(request));
            return attempts.get(attempts.size() - 1);
        });
        RpcException refused = RpcException.unprocessed(Code.OVERLOADED, "full");

        CompletionStage<Response> first = chain.invoke(request);
        assertThat(first).isSameAs(attempts.get(0));
        attempts.get(0).end(refused);
        assertThat(answeredFor).as("there are attempts left").isEmpty();
        attempts.get(1).end(refused);
        timer.advance(Duration.ofSeconds(1));
        attempts.get(2).end(refused);
        assertThat(value(first)).isEqualTo("instead");
        assertThat(answeredFor).hasSize(1);
        assertThat(answeredFor.get(0)).hasMessageContaining("attempts: 3");

        CompletionStage<Response> second = chain.invoke(request);
        attempts.get(3).end(refused);
        attempts.get(4).complete(Response.of("real"));
        assertThat(value(second)).isEqualTo("real");
        assertThat(answeredFor).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {
                "APPLICATION",
                "CANCELLED",
                "NOT_SERIALIZABLE",
                "INVALID_CONFIGURATION",
                "BLOCKING_CALL",
                "CLOSED",
                "UNAUTHENTICATED",
                "PERMISSION_DENIED"
            })
    void hidesNeitherDecisionsNorMistakes(Code code) {
        RpcException failure = RpcException.of(code, "as it is");
        assertThat(failure(filter.apply(request, failing(failure)))).isSameAs(failure);
    }

    @Test
    void answersForWhatTheServiceThrewIfAsked() {
        FallbackFilter all = new FallbackFilter(FallbackPolicy.DEFAULT.and(Code.APPLICATION), answer, degradation);
        RpcException thrown = RpcException.application(new IllegalStateException("sold out"), null);
        assertThat(value(all.apply(request, failing(thrown)))).isEqualTo("instead");
    }

    @Test
    void neverHidesTheCallersOwnCancellation() {
        Attempt attempt = new Attempt(request);
        CompletionStage<Response> call = filter.apply(request, any -> attempt);
        request.cancellation().cancel();
        attempt.end(OUTAGE);
        assertThat(failure(call)).isSameAs(OUTAGE);
    }

    @Test
    void aFallbackThatFailsFailsTheCall() {
        FallbackFilter broken = new FallbackFilter(
                FallbackPolicy.DEFAULT,
                (request, failure) -> {
                    throw new IllegalStateException("broken");
                },
                degradation);
        assertThat(failure(broken.apply(request, failing(OUTAGE)))).hasMessageContaining("broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo.Shop", "demo.Shop price", "demo.Shop price(java.lang.String)"})
    void degradesByForceAndBackWhileItRuns(String target) {
        Invoker call = filter.before(any -> CompletableFuture.completedFuture(Response.of("real")));
        assertThat(value(call.invoke(request))).isEqualTo("real");
        degradation.force(target);
        degradation.force(target);
        assertThat(degradation.forced()).containsExactly(target);
        assertThat(value(call.invoke(request))).isEqualTo("instead");
        assertThat(answeredFor).hasSize(1);
        assertThat(answeredFor.get(0).code()).isEqualTo(Code.DEGRADED);
        assertThat(answeredFor.get(0).unprocessed()).isTrue();
        degradation.lift(target);
        assertThat(value(call.invoke(request))).isEqualTo("real");
    }

    @Test
    void degradesNothingElse() {
        degradation.force("demo.Shop buy");
        degradation.force("demo.Shopping");
        Invoker call = filter.before(any -> CompletableFuture.completedFuture(Response.of("real")));
        assertThat(value(call.invoke(request))).isEqualTo("real");
    }

    @Test
    void answersNothingButDegradedCallsIfToldSo() {
        FallbackFilter forced = new FallbackFilter(FallbackPolicy.DEGRADED_ONLY, answer, degradation);
        assertThat(failure(forced.apply(request, failing(OUTAGE)))).isSameAs(OUTAGE);
        degradation.force("demo.Shop");
        assertThat(value(forced.apply(request, failing(OUTAGE)))).isEqualTo("instead");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FallbackPolicy(EnumSet.of(Code.CANCELLED, Code.NO_PROVIDER)))
                .withMessage("codes: RPC-NO-PROVIDER, RPC-CANCELLED (expected: without RPC-CANCELLED)");
        assertThatIllegalArgumentException().isThrownBy(() -> degradation.force(" "));
    }
}
