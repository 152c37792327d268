package io.bowline.rpc.spring.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.client.MethodOptions;
import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.server.RpcServerBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a builder can set, a property can set, or a bean where it is an object that no text can name. */
class ParityTest {
    private static final String BEAN = "a bean: ";
    private static final String CLIENT = "rpc.client.*.";
    private static final String METHOD = "rpc.client.*.methods.*.";

    private static final Map<String, String> METHOD_OPTIONS = Map.ofEntries(
            Map.entry("origin", "who sets an option: the property itself"),
            Map.entry("timeout", METHOD + "timeout"),
            Map.entry("wholeStream", METHOD + "whole-stream"),
            Map.entry("retry", METHOD + "retry.max-attempts"),
            Map.entry("maxAttempts", METHOD + "retry.max-attempts"),
            Map.entry("strategy", METHOD + "strategy"),
            Map.entry("idempotent", METHOD + "idempotent"),
            Map.entry("fallback", METHOD + "fallback"),
            Map.entry("fallbackPolicy", METHOD + "fallback-for"),
            Map.entry("circuitBreaker", METHOD + "circuit-breaker.open"),
            Map.entry("concurrencyLimit", METHOD + "concurrency-limit.max"),
            Map.entry("rateLimit", METHOD + "rate-limit.per-second"),
            Map.entry("cache", METHOD + "cache.ttl"),
            Map.entry("coalesce", METHOD + "coalesce.enabled"));

    private static final Map<String, String> REFERENCE_OPTIONS = Map.ofEntries(
            Map.entry("origin", "who sets an option: the property itself"),
            Map.entry("version", CLIENT + "version"),
            Map.entry("group", CLIENT + "group"),
            Map.entry("addresses", CLIENT + "addresses"),
            Map.entry("subtypes", CLIENT + "subtypes"),
            Map.entry("timeout", CLIENT + "timeout"),
            Map.entry("retry", CLIENT + "retry.max-attempts"),
            Map.entry("maxAttempts", CLIENT + "retry.max-attempts"),
            Map.entry("strategy", CLIENT + "strategy"),
            Map.entry("fallback", CLIENT + "fallback"),
            Map.entry("fallbackPolicy", CLIENT + "fallback-for"),
            Map.entry("circuitBreaker", CLIENT + "circuit-breaker.open"),
            Map.entry("concurrencyLimit", CLIENT + "concurrency-limit.max"),
            Map.entry("rateLimit", CLIENT + "rate-limit.per-second"),
            Map.entry("bulkhead", CLIENT + "bulkhead.max"),
            Map.entry("outliers", CLIENT + "outliers.consecutive"),
            Map.entry("loadBalancer", CLIENT + "load-balance"),
            Map.entry("allMethods", CLIENT + "timeout"),
            Map.entry("method", METHOD + "timeout"));

    private static final Map<String, String> CLIENT_BUILDER = Map.ofEntries(
            Map.entry("registry", "rpc.registry"),
            Map.entry("addresses", CLIENT + "addresses"),
            Map.entry("timeout", "rpc.client.defaults.timeout"),
            Map.entry("retry", "rpc.client.defaults.retry.max-attempts"),
            Map.entry("fallbackPolicy", "rpc.client.defaults.fallback-for"),
            Map.entry("circuitBreaker", "rpc.client.defaults.circuit-breaker.open"),
            Map.entry("concurrencyLimit", "rpc.client.defaults.concurrency-limit.max"),
            Map.entry("rateLimit", "rpc.client.defaults.rate-limit.per-second"),
            Map.entry("bulkhead", "rpc.client.defaults.bulkhead.max"),
            Map.entry("outliers", "rpc.client.defaults.outliers.consecutive"),
            Map.entry("strategy", "rpc.client.defaults.strategy"),
            Map.entry("loadBalancer", "rpc.client.defaults.load-balance"),
            Map.entry("retryBudget", "rpc.retry-budget.ratio"),
            Map.entry("slowStart", "rpc.slow-start.time"),
            Map.entry("subset", "rpc.subset"),
            Map.entry("label", "rpc.routing.labels.*"),
            Map.entry("rules", "rpc.routing.rules-file"),
            Map.entry("serializer", "rpc.serializer"),
            Map.entry("connectionsPerProvider", "rpc.transport.connections-per-provider"),
            Map.entry("lazy", "rpc.transport.lazy"),
            Map.entry("degradation", BEAN + "Degradation"),
            Map.entry("filter", BEAN + "Filter"),
            Map.entry("guard", BEAN + "RpcClientCustomizer"),
            Map.entry("attempt", BEAN + "RpcClientCustomizer"),
            Map.entry("listener", BEAN + "CallListener"),
            Map.entry("transport", BEAN + "Transport"),
            Map.entry("callbackExecutor", BEAN + "RpcClientCustomizer"),
            Map.entry("timer", BEAN + "RpcClientCustomizer"));

    private static final Map<String, String> SERVER_BUILDER = Map.ofEntries(
            Map.entry("service", BEAN + "@RpcService"),
            Map.entry("subtypes", BEAN + "RpcServerCustomizer"),
            Map.entry("port", "rpc.server.port"),
            Map.entry("listen", "rpc.server.host"),
            Map.entry("advertise", "rpc.server.advertise"),
            Map.entry("application", "rpc.application"),
            Map.entry("weight", "rpc.server.weight"),
            Map.entry("label", "rpc.server.labels.*"),
            Map.entry("maxConcurrentCalls", "rpc.server.max-concurrent-calls"),
            Map.entry("concurrencyLimit", "rpc.server.concurrency-limit.max"),
            Map.entry("rateLimit", "rpc.server.rate-limit.per-second"),
            Map.entry("bulkhead", "rpc.server.bulkhead.max"),
            Map.entry("duplicates", "rpc.server.duplicates.window"),
            Map.entry("drainGrace", "rpc.server.drain-grace"),
            Map.entry("serializer", "rpc.server.serializers"),
            Map.entry("registry", "rpc.registry"),
            Map.entry("registerLater", "how the starter starts a server"),
            Map.entry("filter", BEAN + "Filter"),
            Map.entry("transport", BEAN + "Transport"),
            Map.entry("executor", BEAN + "RpcServerCustomizer"),
            Map.entry("timer", BEAN + "RpcServerCustomizer"));

    static Stream<Arguments> builders() {
        return Stream.of(
                Arguments.of(MethodOptions.class, METHOD_OPTIONS),
                Arguments.of(ReferenceOptions.class, REFERENCE_OPTIONS),
                Arguments.of(RpcClientBuilder.class, CLIENT_BUILDER),
                Arguments.of(RpcServerBuilder.class, SERVER_BUILDER));
    }

    @ParameterizedTest
    @MethodSource("builders")
    void everySetterHasItsProperty(Class<?> builder, Map<String, String> expected) {
        List<String> setters = Arrays.stream(builder.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getReturnType() == builder)
                .map(Method::getName)
                .distinct()
                .toList();
        assertThat(expected.keySet()).containsExactlyInAnyOrderElementsOf(setters);
        List<String> properties = expected.values().stream()
                .filter(word -> word.startsWith("rpc."))
                .toList();
        assertThat(KnownProperties.names()).containsAll(properties);
    }
}
