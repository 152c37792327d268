package io.bowline.rpc.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.CallListener;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowCallLogTest {
    private static final SlowCallPolicy SECOND = SlowCallPolicy.DEFAULT;

    private final Lines lines = new Lines(SlowCallLog.LOGGER);
    private final ManualTimer timer = new ManualTimer();

    @AfterEach
    void close() {
        lines.close();
    }

    private Invoker taking(long millis) {
        return request -> {
            timer.advance(Duration.ofMillis(millis));
            return Requests.answering().invoke(request);
        };
    }

    private Request arrived() {
        return Requests.of(Requests.FIND, timer, Metadata.EMPTY);
    }

    @Test
    void aServerTellsWhereTheTimeWent() {
        Filter slow = new SlowCallLog(Side.SERVER, SECOND, timer);
        Request request = arrived();
        timer.advance(Duration.ofMillis(700)); // in the queue
        slow.before(taking(400)).invoke(request);
        slow.before(taking(400)).invoke(arrived());
        assertThat(lines.all())
                .containsExactly("slow call of blue/demo.Shop:1.2 find(long) from 10.0.0.7:41234: OK after 1100.000 ms,"
                        + " queue 700.000 ms, handler 400.000 ms, deadline 4000 ms (caller)");
    }

    @Test
    void aMinuteHasSoManyLines() {
        Filter slow = new SlowCallLog(Side.SERVER, SECOND.withLinesPerMinute(2), timer);
        for (int i = 0; i < 7; i++) {
            slow.before(taking(1_000)).invoke(arrived());
        }
        assertThat(lines.all()).hasSize(2);
        timer.advance(Duration.ofMinutes(1));
        slow.before(taking(1_000)).invoke(arrived());
        assertThat(lines.all()).hasSize(3);
        assertThat(lines.all().get(2)).endsWith(" (5 more before it were not written)");
    }

    @Test
    void aMethodThatWasSlowIsRecordedForAWhile() {
        SlowCallLog slow = new SlowCallLog(Side.CLIENT, SECOND, timer);
        assertThat(slow.records(Requests.FIND)).isFalse();
        slow.before(taking(1_000)).invoke(arrived());
        assertThat(lines.all()).singleElement().asString().endsWith("; its next calls are recorded");
        assertThat(slow.records(Requests.FIND)).isTrue();
        timer.advance(Duration.ofSeconds(10));
        assertThat(slow.records(Requests.FIND)).isFalse();
    }

    @Test
    void aQuickMethodIsNotRecordedAndNotTold() {
        SlowCallLog slow = new SlowCallLog(Side.CLIENT, SECOND, timer);
        slow.before(taking(999)).invoke(arrived());
        assertThat(slow.records(Requests.FIND)).isFalse();
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void theNextSlowCallTellsItsWholeStory() throws Exception {
        Observed world = new Observed();
        try {
            RpcServer server = world.server(s -> s);
            SlowCallLog slow = SlowCallLog.client(SECOND.withThreshold(Duration.ofNanos(1)));
            RpcClient client = world.client(c -> c.filter(slow).listener(slow), server);
            Observed.Shop shop = client.proxy(Observed.Shop.class);
            shop.buy("tea");
            shop.buy("secret");
            assertThatThrownBy(() -> shop.buy("the moon")).isInstanceOf(RuntimeException.class);
        } finally {
            world.close();
        }
        assertThat(lines.all()).hasSize(3);
        assertThat(lines.all().get(0)).contains("its next calls are recorded");
        assertThat(lines.all().get(1))
                .startsWith("slow call\ncall       " + Observed.SERVICE + " buy(java.lang.String) answered in ")
                .contains("attempt 1  ")
                .contains("server queue ")
                .doesNotContain("secret");
        assertThat(lines.all().get(2)).contains(" failed after ");
    }

    @Test
    void aShareIsRecordedInAnyCase() {
        assertThat(new SlowCallLog(Side.CLIENT, SECOND.withRecorded(1), timer).records(Requests.FIND))
                .isTrue();
    }

    @Test
    void listenersMayBeSeveral() throws Exception {
        List<String> heard = new ArrayList<>();
        CallListener asks = CallListener.sampling(1, report -> heard.add("asked"));
        CallListener asksNothing = CallListener.ofFailures(report -> heard.add("did not ask"));
        CallListener both = CallListener.all(List.of(asksNothing, asks));
        RpcMethod method = Requests.FIND;
        assertThat(both.records(method)).isTrue();
        assertThat(CallListener.all(List.of(asksNothing)).records(method)).isFalse();
        Observed world = new Observed();
        try {
            RpcServer server = world.server(s -> s);
            world.client(c -> c.listener(both), server)
                    .proxy(Observed.Shop.class)
                    .buy("tea");
        } finally {
            world.close();
        }
        assertThat(heard).containsExactly("did not ask", "asked");
    }

    @Test
    void thePolicyIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SECOND.withThreshold(Duration.ZERO))
                .withMessage("threshold: PT0S (expected: > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SECOND.withRecorded(-1))
                .withMessage("recorded: -1.0 (expected: 0 to 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SECOND.withLinesPerMinute(0))
                .withMessage("linesPerMinute: 0 (expected: >= 1)");
    }
}
