package io.bowline.rpc.filter;

import static io.bowline.rpc.filter.Calls.failure;
import static io.bowline.rpc.filter.Calls.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoalesceFilterTest {
    private final Calls calls = new Calls();
    private final Invoker shop = new CoalesceFilter(CoalescePolicy.IDENTICAL, calls.timer).before(calls);

    private Request within(Duration limit, Object argument) {
        return calls.request(argument).withDeadline(Deadline.after(limit, calls.timer.nanoTime(), "test"));
    }

    @Test
    void equalCallsUnderWayAreOne() {
        CompletionStage<Response> first = shop.invoke(calls.request("tea"));
        CompletionStage<Response> second = shop.invoke(calls.request("tea"));
        CompletionStage<Response> other = shop.invoke(calls.request("milk"));
        assertThat(calls.count()).isEqualTo(2);
        calls.answer(0, "green");
        assertThat(value(first)).isEqualTo("green");
        assertThat(value(second)).isEqualTo("green");
        assertThat(value(other)).isEqualTo("not yet");
        assertThat(calls.timer.pending()).isZero();
    }

    @Test
    void whoComesAfterTheAnswerIsSentAnew() {
        shop.invoke(calls.request("tea"));
        calls.answer(0, "green");
        assertThat(value(shop.invoke(calls.request("tea")))).isEqualTo("not yet");
        assertThat(calls.count()).isEqualTo(2);
    }

    @Test
    void allFailTogetherAndWhoComesAfterDoesNot() {
        CompletionStage<Response> first = shop.invoke(calls.request("tea"));
        CompletionStage<Response> second = shop.invoke(calls.request("tea"));
        calls.fail(0, RpcException.of(Code.OVERLOADED, "too much"));
        assertThat(failure(first).code()).isEqualTo(Code.OVERLOADED);
        assertThat(failure(second).code()).isEqualTo(Code.OVERLOADED);
        shop.invoke(calls.request("tea"));
        assertThat(calls.count()).isEqualTo(2);
    }

    @Test
    void callsOfOtherMetadataAreOthersUnlessItIsSaidWhich() {
        shop.invoke(calls.request("tea").withMetadata(Metadata.of("trace", "1")));
        shop.invoke(calls.request("tea").withMetadata(Metadata.of("trace", "2")));
        assertThat(calls.count()).isEqualTo(2);
        Invoker some = new CoalesceFilter(CoalescePolicy.IDENTICAL.withLabels("tenant"), calls.timer).before(calls);
        some.invoke(calls.request("tea").withMetadata(Metadata.of("trace", "1")));
        some.invoke(calls.request("tea").withMetadata(Metadata.of("trace", "2")));
        assertThat(calls.count()).isEqualTo(3);
    }

    @Test
    void whoCancelsLeavesTheOthersOnBoardAndTheLastEndsTheCall() {
        Request first = calls.request("tea");
        Request second = calls.request("tea");
        CompletionStage<Response> left = shop.invoke(first);
        shop.invoke(second);
        first.cancellation().cancel();
        assertThat(failure(left).code()).isEqualTo(Code.CANCELLED);
        assertThat(calls.requests.get(0).cancellation().isCancelled()).isFalse();
        second.cancellation().cancel();
        assertThat(calls.requests.get(0).cancellation().isCancelled()).isTrue();
        assertThat(value(shop.invoke(calls.request("tea")))).isEqualTo("not yet");
        assertThat(calls.count()).isEqualTo(2);
    }

    @Test
    void whoHasLessTimeGoesWhenItIsUp() {
        CompletionStage<Response> patient = shop.invoke(within(Duration.ofSeconds(3), "tea"));
        CompletionStage<Response> hasty = shop.invoke(within(Duration.ofSeconds(1), "tea"));
        calls.timer.advance(Duration.ofSeconds(1));
        assertThat(failure(hasty).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
        calls.answer(0, "green");
        assertThat(value(patient)).isEqualTo("green");
    }

    @Test
    void whoHasTimeLeftWhenThatOfTheFirstIsUpIsSentAnew() {
        CompletionStage<Response> hasty = shop.invoke(within(Duration.ofSeconds(1), "tea"));
        CompletionStage<Response> patient = shop.invoke(within(Duration.ofSeconds(3), "tea"));
        CompletionStage<Response> another = shop.invoke(within(Duration.ofSeconds(3), "tea"));
        calls.timer.advance(Duration.ofSeconds(1));
        calls.fail(0, RpcException.of(Code.DEADLINE_EXCEEDED, "late"));
        assertThat(failure(hasty).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(calls.count()).as("one for both").isEqualTo(2);
        calls.answer(1, "green");
        assertThat(value(patient)).isEqualTo("green");
        assertThat(value(another)).isEqualTo("green");
    }

    @Test
    void aCallThatEndsOnTheSpotIsOneToo() {
        Invoker quick = new CoalesceFilter(CoalescePolicy.IDENTICAL, calls.timer)
                .before(request -> CompletableFuture.completedFuture(Response.of("green")));
        assertThat(value(quick.invoke(calls.request("tea")))).isEqualTo("green");
        assertThat(value(quick.invoke(calls.request("tea")))).isEqualTo("green");
    }

    @Test
    void everyCallerOfManyThreadsEndsAndNoneIsSentTwiceAtOnce() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Invoker slow = new CoalesceFilter(CoalescePolicy.IDENTICAL, calls.timer)
                .before(request -> CompletableFuture.supplyAsync(
                        () -> {
                            boolean counts = "tea".equals(request.arguments()[0]);
                            if (counts) {
                                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                            }
                            Thread.yield();
                            underWay.addAndGet(counts ? -1 : 0);
                            return Response.of("green");
                        },
                        threads));
        ExecutorService callers = Executors.newFixedThreadPool(4);
        CyclicBarrier together = new CyclicBarrier(4);
        try {
            List<Future<Integer>> done = IntStream.range(0, 4)
                    .mapToObj(caller -> callers.submit(() -> {
                        together.await();
                        int ended = 0;
                        for (int i = 0; i < 2_000; i++) {
                            Request request = calls.request(i % 2 == 0 ? "tea" : "milk");
                            CompletionStage<Response> call = slow.invoke(request);
                            if (i % 4 == 1) {
                                request.cancellation().cancel();
                            }
                            call.handle((response, thrown) -> true)
                                    .toCompletableFuture()
                                    .get(10, TimeUnit.SECONDS);
                            ended++;
                        }
                        return ended;
                    }))
                    .toList();
            for (Future<Integer> caller : done) {
                assertThat(caller.get(60, TimeUnit.SECONDS)).isEqualTo(2_000);
            }
        } finally {
            callers.shutdownNow();
            threads.shutdownNow();
        }
        assertThat(most).as("of those that nobody cancels").hasValue(1);
    }
}
