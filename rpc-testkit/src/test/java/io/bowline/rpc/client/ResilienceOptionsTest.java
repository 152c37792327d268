package io.bowline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.CoalescePolicy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Fallback;
import io.bowline.rpc.filter.FallbackPolicy;
import io.bowline.rpc.filter.OutlierPolicy;
import io.bowline.rpc.filter.OutlierPolicy.Rates;
import io.bowline.rpc.filter.RateLimitPolicy;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of resilience at every level: it is obeyed, and says where it came from. */
class ResilienceOptionsTest {
    private static final RpcMethod METHOD =
            RpcMethod.builder(ServiceName.of("demo.Shop"), "buy()").build();

    record Option(
            String name,
            Function<MethodOptions, Object> set,
            Function<EffectiveOptions, Setting<?>> effective,
            Object value,
            Object otherwise) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Option> options() {
        Fallback fallback = Fallback.value("none");
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.DEFAULT;
        ConcurrencyLimitPolicy limit = ConcurrencyLimitPolicy.ADAPTIVE;
        RateLimitPolicy rate = RateLimitPolicy.perSecond(5);
        FallbackPolicy policy = FallbackPolicy.DEGRADED_ONLY;
        CachePolicy cache = CachePolicy.of(10, Duration.ofSeconds(1));
        return Stream.of(
                new Option("fallback", o -> o.fallback(fallback), EffectiveOptions::fallback, fallback, Fallback.NONE),
                new Option(
                        "fallbackPolicy",
                        o -> o.fallbackPolicy(policy),
                        EffectiveOptions::fallbackPolicy,
                        policy,
                        FallbackPolicy.DEFAULT),
                new Option(
                        "circuitBreaker",
                        o -> o.circuitBreaker(breaker),
                        EffectiveOptions::circuitBreaker,
                        breaker,
                        CircuitBreakerPolicy.OFF),
                new Option(
                        "concurrencyLimit",
                        o -> o.concurrencyLimit(limit),
                        EffectiveOptions::concurrencyLimit,
                        limit,
                        ConcurrencyLimitPolicy.OFF),
                new Option("rateLimit", o -> o.rateLimit(rate), EffectiveOptions::rateLimit, rate, RateLimitPolicy.OFF),
                new Option("cache", o -> o.cache(cache), EffectiveOptions::cache, cache, CachePolicy.OFF),
                new Option(
                        "coalesce",
                        o -> o.coalesce(CoalescePolicy.IDENTICAL),
                        EffectiveOptions::coalesce,
                        CoalescePolicy.IDENTICAL,
                        CoalescePolicy.OFF),
                new Option(
                        "strategy",
                        o -> o.strategy(CallStrategy.failfast()),
                        EffectiveOptions::strategy,
                        CallStrategy.failfast(),
                        CallStrategy.failover()));
    }

    @ParameterizedTest
    @MethodSource("options")
    void isObeyedAtEveryLevelAndKnowsItsOrigin(Option option) {
        MethodOptions client = new MethodOptions();
        ReferenceOptions reference = new ReferenceOptions();
        assertThat(effective(option, client, reference)).isEqualTo(new Setting<>(option.otherwise, "default"));
        option.set.apply(client);
        assertThat(effective(option, client, reference)).isEqualTo(new Setting<>(option.value, "client"));
        option.set.apply(reference.all());
        assertThat(effective(option, client, reference)).isEqualTo(new Setting<>(option.value, "reference"));
        reference.method("buy", method -> {
            option.set.apply(method);
            return method;
        });
        assertThat(effective(option, client, reference)).isEqualTo(new Setting<>(option.value, "method buy"));
    }

    private static Setting<?> effective(Option option, MethodOptions client, ReferenceOptions reference) {
        return option.effective.apply(EffectiveOptions.of(METHOD, client, reference));
    }

    @Test
    void whatHoldsForAReferenceIsTheReferencesOrTheClientsOrTheDefault() {
        MethodOptions none = new MethodOptions();
        ReferenceOptions reference = new ReferenceOptions();
        ServiceName service = METHOD.service();
        ReferencePolicies silent =
                ReferencePolicies.of(service, reference, new ReferencePolicies.Client(none, null, null));
        assertThat(silent.outliers()).isEqualTo(new Setting<>(OutlierPolicy.DEFAULT, "default"));
        assertThat(silent.bulkhead()).isNull();
        assertThat(silent.gated()).isFalse();
        ReferencePolicies.Client client =
                new ReferencePolicies.Client(none, OutlierPolicy.OFF, ConcurrencyLimitPolicy.fixed(7));
        assertThat(ReferencePolicies.of(service, reference, client).outliers())
                .isEqualTo(new Setting<>(OutlierPolicy.OFF, "client"));
        reference.outliers(OutlierPolicy.COMPARING).bulkhead(ConcurrencyLimitPolicy.fixed(9));
        ReferencePolicies both = ReferencePolicies.of(service, reference, client);
        assertThat(both.outliers()).isEqualTo(new Setting<>(OutlierPolicy.COMPARING, "reference"));
        assertThat(both.bulkhead())
                .isNotNull()
                .satisfies(gate -> assertThat(gate.why(0))
                        .isEqualTo("limit (reference) of 9 calls at once of the bulkhead of demo.Shop"));
    }

    @Test
    void anEjectionGrowsUpToItsMost() {
        OutlierPolicy policy = OutlierPolicy.DEFAULT;
        assertThat(policy.ejectionAfter(0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.ejectionAfter(2)).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.ejectionAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void ejectionRefusesSettingsThatMakeNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutlierPolicy(5, Rates.OFF, second, second, second, 0.6))
                .withMessage("maxEjected: 0.6 (expected: 0 to 0.5)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutlierPolicy(-1, Rates.OFF, second, second, second, 0.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutlierPolicy(5, Rates.OFF, Duration.ZERO, second, second, 0.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutlierPolicy(5, Rates.OFF, second, second, Duration.ZERO, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rates(-1, 3, 3, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rates(1, 2, 3, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rates(1, 3, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rates(1, 3, 3, 0.5));
    }
}
