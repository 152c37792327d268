package io.bowline.rpc.filter;

import static io.bowline.rpc.filter.Calls.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bowline.rpc.Code;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheFilterTest {
    private final Calls calls = new Calls();

    private Invoker cached(CachePolicy policy) {
        return new CacheFilter(policy, calls.timer).before(calls);
    }

    private void fetched(Invoker shop, Object argument, Object answer) {
        int next = calls.count();
        shop.invoke(calls.request(argument));
        calls.answer(next, answer);
    }

    @Test
    void anAnswerIsGivenAgainForEqualArgumentsUntilItIsTooOld() {
        Invoker shop = cached(CachePolicy.of(10, Duration.ofSeconds(5)));
        fetched(shop, List.of("tea", 1), "green");
        assertThat(value(shop.invoke(calls.request(List.of("tea", 1))))).isEqualTo("green");
        assertThat(value(shop.invoke(calls.request(List.of("tea", 2))))).isEqualTo("not yet");
        calls.timer.advance(Duration.ofMillis(4_999));
        assertThat(value(shop.invoke(calls.request(List.of("tea", 1))))).isEqualTo("green");
        calls.timer.advance(Duration.ofMillis(1));
        assertThat(value(shop.invoke(calls.request(List.of("tea", 1))))).isEqualTo("not yet");
        assertThat(calls.count()).isEqualTo(3);
    }

    @Test
    void arraysAreEqualByWhatIsInThem() {
        Invoker shop = cached(CachePolicy.of(10, Duration.ofSeconds(5)));
        fetched(shop, new int[][] {{1, 2}, {3}}, "found");
        assertThat(value(shop.invoke(calls.request((Object) new int[][] {{1, 2}, {3}}))))
                .isEqualTo("found");
    }

    @Test
    void nothingIsAnAnswerToo() {
        Invoker shop = cached(CachePolicy.of(10, Duration.ofSeconds(5)));
        shop.invoke(calls.request("nobody"));
        calls.answer(0, null);
        assertThat(value(shop.invoke(calls.request("nobody")))).isNull();
        assertThat(calls.count()).isEqualTo(1);
    }

    @Test
    void aFailureIsNeverKept() {
        Invoker shop = cached(CachePolicy.of(10, Duration.ofSeconds(5)));
        shop.invoke(calls.request("tea"));
        calls.fail(0, RpcException.application(new IllegalStateException("sold out"), null));
        fetched(shop, "tea", "green");
        assertThat(value(shop.invoke(calls.request("tea")))).isEqualTo("green");
        assertThat(calls.count()).isEqualTo(2);
    }

    @Test
    void noMoreIsKeptThanAsked() {
        Invoker shop = cached(CachePolicy.of(10, Duration.ofHours(1)));
        for (int i = 0; i < 1_000; i++) {
            fetched(shop, i, i);
        }
        for (int i = 0; i < 1_000; i++) {
            shop.invoke(calls.request(i));
        }
        assertThat(calls.count()).isGreaterThanOrEqualTo(1_990);
    }

    @Test
    void anOldAnswerIsGivenAndFetchedAnewOnce() {
        Invoker shop = cached(CachePolicy.of(10, Duration.ofSeconds(10)).withRefresh(Duration.ofSeconds(2)));
        fetched(shop, "tea", "green");
        calls.timer.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 5; i++) {
            assertThat(value(shop.invoke(calls.request("tea")))).isEqualTo("green");
        }
        assertThat(calls.count()).isEqualTo(2);
        calls.answer(1, "black");
        assertThat(value(shop.invoke(calls.request("tea")))).isEqualTo("black");
        assertThat(calls.count()).isEqualTo(2);
    }

    @Test
    void aRefreshDoesNotEndWithTheCallThatFoundItDue() {
        Invoker shop = cached(CachePolicy.of(10, Duration.ofSeconds(10)).withRefresh(Duration.ofSeconds(2)));
        fetched(shop, "tea", "green");
        var caller = calls.request("tea");
        calls.timer.advance(Duration.ofMillis(2_900));
        shop.invoke(caller);
        caller.cancellation().cancel();
        assertThat(calls.requests.get(1).cancellation().isCancelled()).isFalse();
        assertThat(calls.requests.get(1).deadline().remainingNanos(calls.timer.nanoTime()))
                .isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void aRefreshThatFailsIsTriedAgainAnIntervalLaterAndNotWithEachHit() {
        Invoker shop = cached(CachePolicy.of(10, Duration.ofSeconds(10)).withRefresh(Duration.ofSeconds(2)));
        fetched(shop, "tea", "green");
        calls.timer.advance(Duration.ofSeconds(2));
        shop.invoke(calls.request("tea"));
        calls.fail(1, RpcException.of(Code.OVERLOADED, "too much"));
        calls.timer.advance(Duration.ofMillis(1_999));
        assertThat(value(shop.invoke(calls.request("tea")))).isEqualTo("green");
        assertThat(calls.count()).isEqualTo(2);
        calls.timer.advance(Duration.ofMillis(1));
        shop.invoke(calls.request("tea"));
        assertThat(calls.count()).isEqualTo(3);
    }

    @Test
    void metadataMakesADifferenceUnlessItIsSaidWhich() {
        Metadata one = Metadata.of("tenant", "one").with("trace", "1");
        Metadata other = Metadata.of("tenant", "one").with("trace", "2");
        Metadata stranger = Metadata.of("tenant", "two").with("trace", "1");
        Invoker all = cached(CachePolicy.of(10, Duration.ofSeconds(5)));
        all.invoke(calls.request("tea").withMetadata(one));
        calls.answer(0, "green");
        assertThat(value(all.invoke(calls.request("tea").withMetadata(one)))).isEqualTo("green");
        assertThat(value(all.invoke(calls.request("tea").withMetadata(other)))).isEqualTo("not yet");

        Invoker some = cached(CachePolicy.of(10, Duration.ofSeconds(5)).withLabels("tenant"));
        some.invoke(calls.request("tea").withMetadata(one));
        calls.answer(2, "black");
        assertThat(value(some.invoke(calls.request("tea").withMetadata(other)))).isEqualTo("black");
        assertThat(value(some.invoke(calls.request("tea").withMetadata(stranger))))
                .isEqualTo("not yet");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachePolicy.of(-1, second))
                .withMessage("maxEntries: -1 (expected: >= 0)");
        assertThatIllegalArgumentException().isThrownBy(() -> CachePolicy.of(1, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachePolicy.of(1, second).withRefresh(second))
                .withMessage("refresh: PT1S (expected: 0, or less than ttl: PT1S)");
    }
}
