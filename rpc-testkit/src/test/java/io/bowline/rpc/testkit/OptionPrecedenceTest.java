package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.CallReport;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.client.MethodOptions;
import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.CircuitBreakerPolicy.Window;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.FallbackPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option at each level at which it can be set: the innermost level that sets it is obeyed, and named. */
@Timeout(60)
class OptionPrecedenceTest {
    private static final Filter FULL = (request, next) ->
            CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "full, as ever"));

    /** From the outermost inwards. */
    private enum Level {
        CLIENT("client"),
        REFERENCE("reference"),
        METHOD("method read"),
        SIGNATURE("method read(java.lang.String)"),
        RULE("rule 'set'");

        private final String origin;

        Level(String origin) {
            this.origin = origin;
        }

        /** The value that this level sets, as a number that options make of what they like; greater further in. */
        int value() {
            return ordinal() + 2;
        }
    }

    /** What a call has shown. */
    private record Seen(Request request, CallReport report) {}

    /**
     * An option.
     *
     * @param client sets it there; null where it cannot be set, as with the others
     * @param words how a report shows a value
     * @param obeyed whether a call shows that a value is in force; looked at where one call can show it
     */
    private record Row(
            String option,
            @Nullable BiConsumer<RpcClientBuilder, Integer> client,
            @Nullable BiConsumer<ReferenceOptions, Integer> reference,
            BiConsumer<MethodOptions, Integer> method,
            @Nullable IntFunction<RuleAction> rule,
            IntFunction<String> words,
            BiConsumer<Seen, Integer> obeyed) {
        boolean has(Level level) {
            return switch (level) {
                case CLIENT -> client != null;
                case REFERENCE -> reference != null;
                case METHOD, SIGNATURE -> true;
                case RULE -> rule != null;
            };
        }

        @Override
        public String toString() {
            return option;
        }
    }

    private static RetryPolicy attempts(int value) {
        return new RetryPolicy(value, Duration.ZERO, Duration.ZERO);
    }

    /** The second level of each pair tries once, so that the attempts tell who is obeyed. */
    private static CallStrategy strategy(int value) {
        return value % 2 == 0 ? CallStrategy.failover() : CallStrategy.failfast();
    }

    private static CircuitBreakerPolicy breaker(int value) {
        return CircuitBreakerPolicy.DEFAULT.withWindow(Window.ofCalls(100 + value, 100));
    }

    private static FallbackPolicy fallback(int value) {
        List<Code> codes = List.of(Code.INTERNAL, Code.CONNECT_FAILED, Code.CONNECTION_LOST, Code.OVERLOADED);
        return new FallbackPolicy(Set.of(codes.get(value - 2)));
    }

    private static void nothing(Seen seen, Integer value) {}

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        "timeout",
                        (o, v) -> o.timeout(Duration.ofSeconds(v)),
                        (o, v) -> o.timeout(Duration.ofSeconds(v)),
                        (o, v) -> o.timeout(Duration.ofSeconds(v)),
                        v -> new RuleAction.SetOptions(Duration.ofSeconds(v), null, null),
                        v -> v * 1000 + " ms",
                        (seen, v) ->
                                assertThat(seen.request().deadline().limit()).isEqualTo(Duration.ofSeconds(v))),
                new Row(
                        "retry",
                        (o, v) -> o.retry(attempts(v)),
                        (o, v) -> o.retry(attempts(v)),
                        (o, v) -> o.retry(attempts(v)),
                        v -> new RuleAction.SetOptions(null, v, null),
                        v -> "at most " + v + " attempts",
                        (seen, v) -> assertThat(seen.report().attempts()).hasSize(v)),
                new Row(
                        "strategy",
                        (o, v) -> o.strategy(strategy(v)),
                        (o, v) -> o.strategy(strategy(v)),
                        (o, v) -> o.strategy(strategy(v)),
                        null,
                        v -> strategy(v).name(),
                        (seen, v) -> assertThat(seen.report().attempts()).hasSize(v % 2 == 0 ? 3 : 1)),
                new Row(
                        "idempotent",
                        null,
                        null,
                        (o, v) -> o.idempotent(v % 2 == 0),
                        null,
                        v -> v % 2 == 0 ? "yes" : "no",
                        (seen, v) ->
                                assertThat(seen.request().method().idempotent()).isEqualTo(v % 2 == 0)),
                new Row(
                        "rateLimit",
                        (o, v) -> o.rateLimit(RateLimitPolicy.perSecond(v * 100)),
                        (o, v) -> o.rateLimit(RateLimitPolicy.perSecond(v * 100)),
                        (o, v) -> o.rateLimit(RateLimitPolicy.perSecond(v * 100)),
                        null,
                        v -> RateLimitPolicy.perSecond(v * 100).toString(),
                        OptionPrecedenceTest::nothing),
                new Row(
                        "circuitBreaker",
                        (o, v) -> o.circuitBreaker(breaker(v)),
                        (o, v) -> o.circuitBreaker(breaker(v)),
                        (o, v) -> o.circuitBreaker(breaker(v)),
                        null,
                        v -> breaker(v).toString(),
                        OptionPrecedenceTest::nothing),
                new Row(
                        "concurrencyLimit",
                        (o, v) -> o.concurrencyLimit(ConcurrencyLimitPolicy.fixed(v)),
                        (o, v) -> o.concurrencyLimit(ConcurrencyLimitPolicy.fixed(v)),
                        (o, v) -> o.concurrencyLimit(ConcurrencyLimitPolicy.fixed(v)),
                        null,
                        v -> ConcurrencyLimitPolicy.fixed(v).toString(),
                        OptionPrecedenceTest::nothing),
                new Row(
                        "fallbackPolicy",
                        (o, v) -> o.fallbackPolicy(fallback(v)),
                        (o, v) -> o.fallbackPolicy(fallback(v)),
                        (o, v) -> o.fallbackPolicy(fallback(v)),
                        null,
                        v -> fallback(v).toString(),
                        OptionPrecedenceTest::nothing),
                new Row(
                        "cache",
                        null,
                        null,
                        (o, v) -> o.cache(CachePolicy.of(v, Duration.ofMinutes(1))),
                        null,
                        v -> CachePolicy.of(v, Duration.ofMinutes(1)).toString(),
                        OptionPrecedenceTest::nothing));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theInnermostLevelIsObeyedAndNamed(Row row) {
        List<Level> set = new ArrayList<>();
        for (Level level : Level.values()) {
            if (row.has(level)) {
                set.add(level);
                Seen seen = call(row, set);
                assertThat(seen.report().options())
                        .contains(
                                new CallReport.Option(row.option(), row.words().apply(level.value()), level.origin));
                row.obeyed().accept(seen, level.value());
            }
        }
        assertThat(set).hasSizeGreaterThan(1);
    }

    private static Seen call(Row row, List<Level> set) {
        List<Request> requests = new ArrayList<>();
        List<CallReport> reports = new ArrayList<>();
        try (Fleet fleet = Fleet.of(6, FULL)) {
            RpcClientBuilder builder = fleet.client()
                    .loadBalancer(LoadBalancer.roundRobin())
                    .retryBudget(new RetryBudgetPolicy(1, 100))
                    .retry(attempts(3))
                    .filter((request, next) -> {
                        requests.add(request);
                        return next.invoke(request);
                    });
            if (set.contains(Level.CLIENT)) {
                row.client().accept(builder, Level.CLIENT.value());
            }
            if (set.contains(Level.RULE)) {
                builder.rules(
                        RuleSet.of(Rule.of("set", Fleet.SERVICE, row.rule().apply(Level.RULE.value()))));
            }
            try (RpcClient client = builder.build()) {
                Fleet.Desk desk = client.proxy(Fleet.Desk.class, reference -> options(reference, row, set));
                CallContext.current().reporting(reports::add).run(() -> fails(desk));
            }
        }
        return new Seen(requests.get(0), reports.get(0));
    }

    private static void fails(Fleet.Desk desk) {
        try {
            desk.read("");
        } catch (RpcException expected) {
            assertThat(expected.code()).isEqualTo(Code.OVERLOADED);
            return;
        }
        throw new AssertionError("answered by providers that refuse everything");
    }

    private static ReferenceOptions options(ReferenceOptions reference, Row row, List<Level> set) {
        if (set.contains(Level.REFERENCE)) {
            row.reference().accept(reference, Level.REFERENCE.value());
        }
        for (Level level : List.of(Level.METHOD, Level.SIGNATURE)) {
            if (set.contains(level)) {
                reference.method(level.origin.substring("method ".length()), method -> {
                    row.method().accept(method, level.value());
                    return method;
                });
            }
        }
        return reference;
    }
}
