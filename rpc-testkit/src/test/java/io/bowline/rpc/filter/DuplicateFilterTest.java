package io.bowline.rpc.filter;

import static io.bowline.rpc.filter.Calls.failure;
import static io.bowline.rpc.filter.Calls.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bowline.rpc.Code;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class DuplicateFilterTest {
    private final Calls calls = new Calls();

    private Invoker once(DuplicatePolicy policy) {
        return new DuplicateFilter(policy, request -> request.arguments()[0], calls.timer).before(calls);
    }

    @Test
    void aCallThatIsSentTwiceRunsOnceAndHasOneResult() {
        Invoker shop = once(DuplicatePolicy.DEFAULT);
        CompletionStage<Response> first = shop.invoke(calls.request("order 1"));
        CompletionStage<Response> second = shop.invoke(calls.request("order 1"));
        calls.answer(0, "sent");
        assertThat(value(first)).isEqualTo("sent");
        assertThat(value(second)).isEqualTo("sent");
        assertThat(value(shop.invoke(calls.request("order 1")))).isEqualTo("sent");
        assertThat(calls.count()).isEqualTo(1);
        assertThat(value(shop.invoke(calls.request("order 2")))).isEqualTo("not yet");
    }

    @Test
    void aFailureIsAnEndToo() {
        Invoker shop = once(DuplicatePolicy.DEFAULT);
        shop.invoke(calls.request("order 1"));
        calls.fail(0, RpcException.application(new IllegalStateException("sold out"), null));
        assertThat(failure(shop.invoke(calls.request("order 1")))).hasRootCauseMessage("sold out");
        assertThat(calls.count()).isEqualTo(1);
    }

    @Test
    void whatWasCertainlyNotBegunIsNotKnown() {
        Invoker shop = once(DuplicatePolicy.DEFAULT);
        shop.invoke(calls.request("order 1"));
        calls.fail(0, RpcException.unprocessed(Code.OVERLOADED, "too much"));
        shop.invoke(calls.request("order 1"));
        calls.answer(1, "sent");
        assertThat(value(shop.invoke(calls.request("order 1")))).isEqualTo("sent");
        assertThat(calls.count()).isEqualTo(2);
    }

    @Test
    void aRunGoesOnWhenItsCallerGoesAway() {
        Invoker shop = once(DuplicatePolicy.DEFAULT);
        Request gone = calls.request("order 1");
        CompletionStage<Response> first = shop.invoke(gone);
        gone.cancellation().cancel();
        first.toCompletableFuture().cancel(true);
        assertThat(calls.requests.get(0).cancellation().isCancelled()).isFalse();
        CompletionStage<Response> again = shop.invoke(calls.request("order 1"));
        calls.answer(0, "sent");
        assertThat(value(again)).isEqualTo("sent");
        assertThat(calls.count()).isEqualTo(1);
    }

    @Test
    void itIsKnownForItsWindowAndOneUnderWayForEver() {
        Invoker shop = once(new DuplicatePolicy(Duration.ofSeconds(30), 10));
        shop.invoke(calls.request("order 1"));
        calls.timer.advance(Duration.ofHours(1));
        shop.invoke(calls.request("order 1"));
        assertThat(calls.count()).isEqualTo(1);
        calls.answer(0, "sent");
        calls.timer.advance(Duration.ofMillis(29_999));
        assertThat(value(shop.invoke(calls.request("order 1")))).isEqualTo("sent");
        calls.timer.advance(Duration.ofMillis(1));
        assertThat(value(shop.invoke(calls.request("order 1")))).isEqualTo("not yet");
        assertThat(calls.count()).isEqualTo(2);
    }

    @Test
    void ofTooManyTheOldestIsForgotten() {
        Invoker shop = once(new DuplicatePolicy(Duration.ofHours(1), 10));
        for (int i = 0; i < 11; i++) {
            shop.invoke(calls.request(i));
            calls.answer(i, i);
        }
        for (int i = 1; i < 11; i++) {
            assertThat(value(shop.invoke(calls.request(i)))).isEqualTo(i);
        }
        assertThat(calls.count()).isEqualTo(11);
        assertThat(value(shop.invoke(calls.request(0)))).isEqualTo("not yet");
    }

    @Test
    void aCallWithoutAKeyIsAlwaysRun() {
        Invoker shop = once(DuplicatePolicy.DEFAULT);
        shop.invoke(calls.request((Object) null));
        shop.invoke(calls.request((Object) null));
        assertThat(calls.count()).isEqualTo(2);
    }

    @Test
    void noneOfManyThreadsRunsACallTwice() throws Exception {
        int keys = 5_000;
        AtomicIntegerArray runs = new AtomicIntegerArray(keys);
        Invoker shop = new DuplicateFilter(
                        new DuplicatePolicy(Duration.ofHours(1), keys), request -> request.arguments()[0], calls.timer)
                .before(request -> {
                    int key = (int) request.arguments()[0];
                    runs.incrementAndGet(key);
                    return CompletableFuture.completedFuture(Response.of(key));
                });
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                done.add(callers.submit(() -> {
                    for (int key = 0; key < keys; key++) {
                        Response response = shop.invoke(calls.request(key))
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS);
                        assertThat(response.value()).isEqualTo(key);
                    }
                    return true;
                }));
            }
            for (Future<?> caller : done) {
                caller.get(60, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
        for (int key = 0; key < keys; key++) {
            assertThat(runs.get(key)).isEqualTo(1);
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DuplicatePolicy(Duration.ZERO, 1))
                .withMessage("window: PT0S (expected: > 0)");
        assertThatIllegalArgumentException().isThrownBy(() -> new DuplicatePolicy(Duration.ofSeconds(1), -1));
    }
}
