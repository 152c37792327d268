package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.ServiceReference;
import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reference can be looked at, changed while it is in use, and ended. */
@Timeout(60)
class ServiceReferenceTest {
    private static final Filter WELL = (request, next) -> next.invoke(request);
    private static final Filter FULL = (request, next) ->
            CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "full, as ever"));

    private static CallReport.Option option(ServiceReference<?> reference, String name) {
        return reference.options().get("read(java.lang.String)").stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static RetryPolicy attempts(int most) {
        return new RetryPolicy(most, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void whoSetAnOptionIsToldInTheWordsOfWhoeverReadIt() {
        try (Fleet fleet = Fleet.of(WELL);
                RpcClient client = fleet.client().build()) {
            ServiceReference<Fleet.Desk> reference = client.reference(
                    Fleet.Desk.class,
                    options -> options.origin("rpc.client.desk.timeout (application.yml:9)")
                            .timeout(Duration.ofMillis(300))
                            .origin("@RpcReference")
                            .strategy(CallStrategy.failfast())
                            .origin("rpc.client.desk.methods.read.retry (application.yml:12)")
                            .method("read", method -> method.retry(attempts(2)))
                            .method("write", method -> method.origin("").retry(attempts(5))));
            assertThat(reference.options())
                    .containsOnlyKeys(
                            "read(java.lang.String)", "readLater(java.lang.String)", "write(java.lang.String)");
            assertThat(option(reference, "timeout"))
                    .isEqualTo(
                            new CallReport.Option("timeout", "300 ms", "rpc.client.desk.timeout (application.yml:9)"));
            assertThat(option(reference, "strategy").origin()).isEqualTo("@RpcReference");
            assertThat(option(reference, "retry").origin())
                    .isEqualTo("rpc.client.desk.methods.read.retry (application.yml:12)");
            assertThat(option(reference, "cache").origin()).isEqualTo("default");
            assertThat(reference.options().get("write(java.lang.String)"))
                    .contains(new CallReport.Option("retry", "at most 5 attempts", "method write"));
        }
    }

    @Test
    void theNewOptionsAreObeyedByTheNextCall() {
        List<CallReport> reports = new ArrayList<>();
        try (Fleet fleet = Fleet.of(6, FULL);
                RpcClient client = fleet.client()
                        .loadBalancer(LoadBalancer.roundRobin())
                        .listener(reports::add)
                        .build()) {
            ServiceReference<Fleet.Desk> reference = client.reference(
                    Fleet.Desk.class, options -> options.retry(attempts(2)).timeout(Duration.ofSeconds(20)));
            Fleet.Desk desk = reference.proxy();
            fails(desk);
            reference.change(options -> options.retry(attempts(4)).timeout(Duration.ofSeconds(40)));
            fails(desk);
            reference.change(options -> options.strategy(CallStrategy.failfast()));
            fails(desk);
            assertThat(reports).extracting(report -> report.attempts().size()).containsExactly(2, 4, 1);
            assertThat(reports)
                    .extracting(report -> report.deadline().limit().toSeconds())
                    .containsExactly(20L, 40L, 3L);
            assertThat(reference.proxy()).isSameAs(desk);
        }
    }

    @Test
    void limitsFallbacksAndCachesChangeAndWhatStaysKeepsItsCount() {
        try (Fleet fleet = Fleet.of(WELL);
                RpcClient client = fleet.client().build()) {
            UnaryOperator<ReferenceOptions> twoCalls = options -> options.rateLimit(new RateLimitPolicy(0.0001, 2));
            ServiceReference<Fleet.Desk> reference = client.reference(Fleet.Desk.class, twoCalls);
            Fleet.Desk desk = reference.proxy();
            desk.read("a");
            reference.change(options -> twoCalls.apply(options).timeout(Duration.ofSeconds(9)));
            desk.read("b");
            assertThatThrownBy(() -> desk.read("c")).hasMessageContaining("RPC-OVERLOADED");
            reference.change(options -> twoCalls.apply(options).fallback(text -> "instead of " + text));
            desk.read("d");
            desk.read("e");
            assertThat(desk.read("f")).isEqualTo("instead of f");
            reference.change(options ->
                    options.method("read", method -> method.cache(CachePolicy.of(10, Duration.ofHours(1)))));
            assertThat(Stream.of(1, 2, 3).map(time -> desk.read("g"))).containsOnly("g0");
        }
    }

    @Test
    void rulesKeepTheLastWord() {
        try (Fleet fleet = Fleet.of(WELL);
                RpcClient client = fleet.client()
                        .rules(RuleSet.of(Rule.of(
                                "patience",
                                Fleet.SERVICE,
                                new RuleAction.SetOptions(Duration.ofSeconds(7), null, null))))
                        .build()) {
            ServiceReference<Fleet.Desk> reference = client.reference(Fleet.Desk.class, options -> options);
            reference.change(options -> options.timeout(Duration.ofSeconds(1)));
            assertThat(option(reference, "timeout"))
                    .isEqualTo(new CallReport.Option("timeout", "7000 ms", "rule 'patience'"));
        }
    }

    static Stream<UnaryOperator<ReferenceOptions>> unchangeable() {
        return Stream.of(
                options -> options.version("2"),
                options -> options.loadBalancer(LoadBalancer.random()),
                options -> options.bulkhead(ConcurrencyLimitPolicy.fixed(3)),
                options -> options.circuitBreaker(CircuitBreakerPolicy.DEFAULT),
                options -> options.concurrencyLimit(ConcurrencyLimitPolicy.fixed(3)),
                options -> options.method("write", method -> method.idempotent(true)),
                options -> options.method("wirte", method -> method.timeout(Duration.ofSeconds(1))),
                options -> options.strategy(CallStrategy.broadcast()));
    }

    @ParameterizedTest
    @MethodSource("unchangeable")
    void whatCannotChangeIsRefusedAndNothingChanges(UnaryOperator<ReferenceOptions> change) {
        try (Fleet fleet = Fleet.of(WELL);
                RpcClient client = fleet.client().build()) {
            ServiceReference<Fleet.Desk> reference =
                    client.reference(Fleet.Desk.class, options -> options.timeout(Duration.ofSeconds(5)));
            var before = reference.options();
            assertThatThrownBy(() ->
                            reference.change(options -> change.apply(options).timeout(Duration.ofSeconds(6))))
                    .isInstanceOf(RpcException.class)
                    .hasMessageContaining("RPC-INVALID-CONFIGURATION");
            assertThat(reference.options()).isEqualTo(before);
            assertThat(reference.proxy().read("still ")).isEqualTo("still 0");
        }
    }

    @Test
    void allProvidersAreToldWhateverTheirNumber() {
        try (Fleet fleet = Fleet.of(9, WELL);
                RpcClient client = fleet.client().build()) {
            ServiceReference<Fleet.Desk> reference = client.reference(Fleet.Desk.class, options -> options);
            reference.proxy().read("");
            assertThat(reference.circumstances().known()).isEqualTo(9);
            assertThat(reference.circumstances().providers()).hasSize(9);
            assertThat(reference.circumstances().registries()).hasSize(1);
        }
    }

    @Test
    void fixedAddressesStandInPlaceOfTheRegistries() {
        try (Fleet fleet = Fleet.of(2, WELL);
                RpcClient client = fleet.clientOfNobody()
                        .registry(InMemoryRegistry.create())
                        .build()) {
            Fleet.Desk desk = client.reference(
                            Fleet.Desk.class,
                            options -> options.addresses(fleet.address(1))
                                    .allMethods(method -> method.timeout(Duration.ofSeconds(9))))
                    .proxy();
            assertThat(Stream.of("a", "b", "c").map(desk::read)).containsExactly("a1", "b1", "c1");
        }
    }

    @Test
    void aReferenceEndsAndTheOthersGoOn() {
        try (Fleet fleet = Fleet.of(WELL);
                RpcClient client = fleet.client().build()) {
            ServiceReference<Fleet.Desk> one = client.reference(Fleet.Desk.class, options -> options);
            ServiceReference<Fleet.Desk> other = client.reference(Fleet.Desk.class, options -> options);
            assertThat(client.references()).containsExactly(one, other);
            one.close();
            one.close();
            assertThat(client.references()).containsExactly(other);
            assertThatThrownBy(() -> one.proxy().read("")).hasMessageContaining("RPC-CLOSED");
            assertThat(other.proxy().read("")).isEqualTo("0");
        }
    }

    private static void fails(Fleet.Desk desk) {
        assertThatThrownBy(() -> desk.read("")).hasMessageContaining("RPC-OVERLOADED");
    }
}
