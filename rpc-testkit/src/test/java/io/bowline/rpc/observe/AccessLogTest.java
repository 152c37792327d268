package io.bowline.rpc.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.ManualTimer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private static final AccessLogPolicy JSON = AccessLogPolicy.DEFAULT.withFormat(AccessLogPolicy.Format.JSON);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    private final Lines lines = new Lines(AccessLog.LOGGER);
    private final ManualTimer timer = new ManualTimer();
    private final Invoker slowly = request -> {
        timer.advance(Duration.ofNanos(1_204_000));
        return Requests.answering().invoke(request);
    };
    private final Invoker failing =
            request -> CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "full"));

    @AfterEach
    void close() {
        lines.close();
    }

    private AccessLog server(AccessLogPolicy policy) {
        return new AccessLog(Side.SERVER, policy, timer, NOON);
    }

    private Request find(Metadata labels, Object... arguments) {
        return Requests.of(Requests.FIND, timer, labels, arguments);
    }

    @Test
    void aCallIsALine() {
        server(AccessLogPolicy.DEFAULT).before(slowly).invoke(find(Requests.traced(), "secret"));
        assertThat(lines.all())
                .containsExactly(
                        "server blue/demo.Shop:1.2 find(long) OK 1.204 ms from 10.0.0.7:41234 trace " + Requests.TRACE);
    }

    @Test
    void aCallIsAnObjectOfJson() {
        server(JSON).before(slowly).invoke(find(Requests.traced(), "secret"));
        assertThat(lines.all())
                .containsExactly("{\"time\":\"2026-11-24T12:00:00Z\",\"side\":\"server\",\"service\":\"demo.Shop\","
                        + "\"version\":\"1.2\",\"group\":\"blue\",\"method\":\"find(long)\",\"code\":\"OK\","
                        + "\"millis\":1.204,\"peer\":\"10.0.0.7:41234\",\"trace_id\":\"" + Requests.TRACE + "\"}");
    }

    @Test
    void whatStrangersSayIsEscaped() {
        String wicked = "a\"b\\c\nd\u0001e\u2028f\ud800g\ud83d\ude00";
        RpcMethod generic = RpcMethod.builder(ServiceName.of("demo.Shop"), wicked)
                .traits(List.of(RpcMethod.Trait.GENERIC))
                .build();
        Request request = Requests.of(generic, timer, Metadata.EMPTY);
        server(JSON).before(slowly).invoke(request);
        server(AccessLogPolicy.DEFAULT).before(slowly).invoke(request);
        assertThat(lines.all().get(0))
                .contains("\"method\":\"a\\\"b\\\\c\\u000ad\\u0001e\\u2028f\\ud800g\ud83d\ude00\"");
        assertThat(lines.all().get(1)).contains("a\"b\\c?d?e?f").doesNotContain("\n");
    }

    @Test
    void aLabelThatIsNoTraceIsNotTold() {
        for (String parent :
                List.of("", "00-x", "00-" + "Z".repeat(32) + "-b7ad6b7169203331-01", "00-" + "a".repeat(99))) {
            server(AccessLogPolicy.DEFAULT).before(slowly).invoke(find(Metadata.of("traceparent", parent)));
        }
        assertThat(lines.all()).hasSize(4).noneMatch(line -> line.contains("trace"));
    }

    @Test
    void argumentsAreToldAsThePolicySays() {
        server(AccessLogPolicy.DEFAULT.withArguments(AccessLogPolicy.Arguments.TYPES))
                .before(slowly)
                .invoke(find(Metadata.EMPTY, "secret", 1L, null));
        server(AccessLogPolicy.DEFAULT.withArguments(request -> "item " + request.arguments()[1]))
                .before(slowly)
                .invoke(find(Metadata.EMPTY, "secret", 1L, null));
        assertThat(lines.all().get(0)).endsWith("with (String, Long, null)");
        assertThat(lines.all().get(1)).endsWith("with (item 1)");
    }

    @Test
    void failuresAreWrittenWhateverTheShare() {
        Filter none = server(AccessLogPolicy.DEFAULT.withShare(0));
        none.before(slowly).invoke(find(Metadata.EMPTY));
        none.before(failing).invoke(find(Metadata.EMPTY));
        server(AccessLogPolicy.DEFAULT.withShare(0).withFailures(false))
                .before(failing)
                .invoke(find(Metadata.EMPTY));
        assertThat(lines.all()).singleElement().asString().contains(" OVERLOADED ");
    }

    @Test
    void aShareIsWritten() {
        Filter half = server(AccessLogPolicy.DEFAULT.withShare(0.5));
        for (int i = 0; i < 1_000; i++) {
            half.before(slowly).invoke(find(Metadata.EMPTY));
        }
        assertThat(lines.all()).hasSizeBetween(300, 700);
    }

    @Test
    void aLoggerThatIsOffGetsNothing() {
        lines.level(Level.WARN);
        server(AccessLogPolicy.DEFAULT).before(failing).invoke(find(Metadata.EMPTY));
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void bothSidesOfARealCallAreWritten() throws Exception {
        Observed world = new Observed();
        List<String> order = new ArrayList<>();
        try {
            RpcServer server = world.server(s -> s.filter(AccessLog.server(AccessLogPolicy.DEFAULT)));
            RpcClient client = world.client(c -> c.filter(AccessLog.client(AccessLogPolicy.DEFAULT)), server);
            client.proxy(Observed.Shop.class).buy("tea");
            Observed.Shop wrong = client.proxy(Observed.Shop.class, o -> o.version("9"));
            assertThatThrownBy(() -> wrong.buy("tea")).isInstanceOf(RpcException.class);
        } finally {
            world.close();
        }
        lines.all().forEach(line -> order.add(line.replaceAll(" [0-9.]+ ms.*", "")));
        assertThat(order)
                .containsExactly(
                        "server " + Observed.SERVICE + " buy(java.lang.String) OK",
                        "client " + Observed.SERVICE + " buy(java.lang.String) OK",
                        "server _OTHER _OTHER SERVICE_NOT_FOUND",
                        "client " + Observed.SERVICE + ":9 buy(java.lang.String) SERVICE_NOT_FOUND");
    }

    @Test
    void theShareIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessLogPolicy.DEFAULT.withShare(1.5))
                .withMessage("share: 1.5 (expected: 0 to 1)");
    }
}
