package io.bowline.rpc.spring.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import io.bowline.rpc.balance.SlowStart;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.CircuitBreakerPolicy.Slow;
import io.bowline.rpc.filter.CircuitBreakerPolicy.Window;
import io.bowline.rpc.filter.CoalescePolicy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.DuplicatePolicy;
import io.bowline.rpc.filter.HedgePolicy;
import io.bowline.rpc.filter.OutlierPolicy;
import io.bowline.rpc.filter.OutlierPolicy.Rates;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;

/** Each group of properties as the policy that it stands for: all of it set, and only a part. */
class PolicyPropertiesTest {
    private record Row<P>(String yaml, Class<P> type, Function<P, Object> policy, Object expected) {
        @Override
        public String toString() {
            return type.getSimpleName() + " " + yaml.strip().replace('\n', ' ');
        }
    }

    static Stream<Row<?>> rows() {
        return Stream.of(retries(), breakers(), limits(), shared(), others()).flatMap(List::stream);
    }

    private static List<Row<?>> retries() {
        return List.of(
                new Row<>(
                        "p: {max-attempts: 4, backoff: 5ms, max-backoff: 2s}",
                        RetryProperties.class,
                        RetryProperties::policy,
                        new RetryPolicy(4, Duration.ofMillis(5), Duration.ofSeconds(2))),
                new Row<>(
                        "p: {max-attempts: 1}",
                        RetryProperties.class,
                        RetryProperties::policy,
                        RetryPolicy.DEFAULT.withMaxAttempts(1)),
                new Row<>(
                        "p: {percentile: 0.9, max-attempts: 3, shortest: 2ms, longest: 3s}",
                        HedgeProperties.class,
                        HedgeProperties::policy,
                        new HedgePolicy(0.9, 3, Duration.ofMillis(2), Duration.ofSeconds(3))),
                new Row<>(
                        "p: {ratio: 0.2}",
                        RpcProperties.RetryBudgetProperties.class,
                        RpcProperties.RetryBudgetProperties::policy,
                        new RetryBudgetPolicy(0.2, RetryBudgetPolicy.DEFAULT.perSecond())),
                new Row<>(
                        "p: {ratio: 0, per-second: 3}",
                        RpcProperties.RetryBudgetProperties.class,
                        RpcProperties.RetryBudgetProperties::policy,
                        new RetryBudgetPolicy(0, 3)));
    }

    private static List<Row<?>> breakers() {
        CircuitBreakerPolicy base = CircuitBreakerPolicy.DEFAULT;
        return List.of(
                new Row<>(
                        "p: {window-time: 3s, min-calls: 7, failure-rate: 0.3, slow-after: 1s, slow-rate: 0.8, open: 9s,"
                                + " probes: 2, failures: [internal, deadline-exceeded]}",
                        CircuitBreakerProperties.class,
                        CircuitBreakerProperties::policy,
                        new CircuitBreakerPolicy(
                                Window.ofTime(Duration.ofSeconds(3), 7),
                                0.3,
                                new Slow(Duration.ofSeconds(1), 0.8),
                                Duration.ofSeconds(9),
                                2,
                                Set.of(Code.INTERNAL, Code.DEADLINE_EXCEEDED))),
                new Row<>(
                        "p: {window-calls: 10}",
                        CircuitBreakerProperties.class,
                        CircuitBreakerProperties::policy,
                        base.withWindow(Window.ofCalls(10, 10))),
                new Row<>(
                        "p: {enabled: true}",
                        CircuitBreakerProperties.class,
                        CircuitBreakerProperties::policy,
                        base),
                new Row<>(
                        "p: {enabled: false, probes: 3}",
                        CircuitBreakerProperties.class,
                        CircuitBreakerProperties::policy,
                        CircuitBreakerPolicy.OFF),
                new Row<>(
                        "p: {consecutive: 2, interval: 1s, ejection: 2s, max-ejection: 3s, max-ejected: 0.4, rates:"
                                + " {min-calls: 9, min-providers: 4, deviations: 2, latency-factor: 3}}",
                        OutlierProperties.class,
                        OutlierProperties::policy,
                        new OutlierPolicy(
                                2,
                                new Rates(9, 4, 2, 3),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                0.4)),
                new Row<>(
                        "p: {rates.min-calls: 50}",
                        OutlierProperties.class,
                        OutlierProperties::policy,
                        OutlierPolicy.COMPARING),
                new Row<>(
                        "p: {enabled: false}",
                        OutlierProperties.class,
                        OutlierProperties::policy,
                        OutlierPolicy.OFF));
    }

    private static List<Row<?>> limits() {
        return List.of(
                new Row<>(
                        "p: {max: 9}",
                        ConcurrencyLimitProperties.class,
                        ConcurrencyLimitProperties::policy,
                        ConcurrencyLimitPolicy.fixed(9)),
                new Row<>(
                        "p: {min: 2, max: 9}",
                        ConcurrencyLimitProperties.class,
                        ConcurrencyLimitProperties::policy,
                        ConcurrencyLimitPolicy.adaptive(2, 9)),
                new Row<>(
                        "p: {min: 2, initial: 3, max: 9}",
                        ConcurrencyLimitProperties.class,
                        ConcurrencyLimitProperties::policy,
                        new ConcurrencyLimitPolicy(2, 3, 9)),
                new Row<>(
                        "p: {per-second: 40}",
                        RateLimitProperties.class,
                        RateLimitProperties::policy,
                        RateLimitPolicy.perSecond(40)),
                new Row<>(
                        "p: {per-second: 40, burst: 7}",
                        RateLimitProperties.class,
                        RateLimitProperties::policy,
                        new RateLimitPolicy(40, 7)));
    }

    private static List<Row<?>> shared() {
        return List.of(
                new Row<>(
                        "p: {max-entries: 5, ttl: 3s, refresh: 1s, labels: [a, b]}",
                        CacheProperties.class,
                        CacheProperties::policy,
                        new CachePolicy(5, Duration.ofSeconds(3), Duration.ofSeconds(1), Set.of("a", "b"))),
                new Row<>(
                        "p: {ttl: 3s}",
                        CacheProperties.class,
                        CacheProperties::policy,
                        CachePolicy.of(1_000, Duration.ofSeconds(3))),
                new Row<>(
                        "p: {labels: a}",
                        CoalesceProperties.class,
                        CoalesceProperties::policy,
                        CoalescePolicy.IDENTICAL.withLabels("a")),
                new Row<>(
                        "p: {enabled: false}",
                        CoalesceProperties.class,
                        CoalesceProperties::policy,
                        CoalescePolicy.OFF),
                new Row<>(
                        "p: {window: 2m, max-calls: 3}",
                        ServerProperties.DuplicateProperties.class,
                        ServerProperties.DuplicateProperties::policy,
                        new DuplicatePolicy(Duration.ofMinutes(2), 3)));
    }

    private static List<Row<?>> others() {
        return List.of(
                new Row<>(
                        "p: {time: 5s, from: 0.5}",
                        RpcProperties.SlowStartProperties.class,
                        RpcProperties.SlowStartProperties::policy,
                        new SlowStart(Duration.ofSeconds(5), 0.5)),
                new Row<>(
                        "p: {time: 0}",
                        RpcProperties.SlowStartProperties.class,
                        RpcProperties.SlowStartProperties::policy,
                        new SlowStart(Duration.ZERO, SlowStart.DEFAULT.from())));
    }

    @ParameterizedTest
    @MethodSource("rows")
    <P> void standsFor(Row<P> row) {
        P bound = Binder.get(Configured.environment(row.yaml()))
                .bind("p", row.type())
                .get();
        assertThat(row.policy().apply(bound)).isEqualTo(row.expected());
    }
}
