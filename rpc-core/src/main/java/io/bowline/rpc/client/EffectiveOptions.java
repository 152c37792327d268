package io.bowline.rpc.client;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.CoalescePolicy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Fallback;
import io.bowline.rpc.filter.FallbackPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.route.RouteTable;
import io.bowline.rpc.route.Ruled;
import io.bowline.rpc.service.MethodNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is in force for one method, each value with its origin: the method's own word stands above the reference's, that
 * above the client's, that above the contract's, that above the built-in. Resolved once, when the proxy is made.
 */
record EffectiveOptions(
        Setting<Duration> timeout,
        Setting<Boolean> wholeStream,
        Setting<RetryPolicy> retry,
        Setting<Boolean> idempotent,
        Setting<Fallback> fallback,
        Setting<FallbackPolicy> fallbackPolicy,
        Setting<CircuitBreakerPolicy> circuitBreaker,
        Setting<ConcurrencyLimitPolicy> concurrencyLimit,
        Setting<RateLimitPolicy> rateLimit,
        Setting<CachePolicy> cache,
        Setting<CoalescePolicy> coalesce,
        Setting<CallStrategy> strategy) {
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);

    private static final String OFF = "off";

    private record Scope(String origin, MethodOptions options) {}

    static EffectiveOptions of(RpcMethod method, MethodOptions client, ReferenceOptions reference) {
        List<Scope> scopes = new ArrayList<>();
        reference.methods().forEach((name, options) -> {
            if (MethodNames.isOverload(name, method)) {
                scopes.add(0, new Scope("method " + name, options));
            } else if (MethodNames.isName(name, method)) {
                scopes.add(new Scope("method " + name, options));
            }
        });
        scopes.add(new Scope("reference", reference.all()));
        scopes.add(new Scope("client", client));
        return new EffectiveOptions(
                first(scopes, MethodOptions::timeout, new Setting<>(DEFAULT_TIMEOUT, "default")),
                first(scopes, MethodOptions::wholeStream, new Setting<>(false, "default")),
                retry(scopes),
                first(scopes, MethodOptions::idempotent, new Setting<>(method.idempotent(), "contract")),
                first(scopes, MethodOptions::fallback, new Setting<>(Fallback.NONE, "default")),
                first(scopes, MethodOptions::fallbackPolicy, new Setting<>(FallbackPolicy.DEFAULT, "default")),
                first(scopes, MethodOptions::circuitBreaker, new Setting<>(CircuitBreakerPolicy.OFF, "default")),
                first(scopes, MethodOptions::concurrencyLimit, new Setting<>(ConcurrencyLimitPolicy.OFF, "default")),
                first(scopes, MethodOptions::rateLimit, new Setting<>(RateLimitPolicy.OFF, "default")),
                first(scopes, MethodOptions::cache, new Setting<>(CachePolicy.OFF, "default")),
                first(scopes, MethodOptions::coalesce, new Setting<>(CoalescePolicy.OFF, "default")),
                first(scopes, MethodOptions::strategy, new Setting<>(CallStrategy.failover(), "default")));
    }

    /** What makes calls one; the same labels make a difference to those who wait for the same answer of a cache. */
    Setting<CoalescePolicy> coalesced() {
        return cache.value().active()
                ? new Setting<>(new CoalescePolicy(true, cache.value().labels()), cache.origin())
                : coalesce;
    }

    /** The same, where rules do not set something else: theirs is the last word. */
    EffectiveOptions ruledBy(RouteTable rules, RpcMethod method) {
        Ruled<Duration> limit = rules.timeout(method);
        Ruled<Integer> attempts = rules.attempts(method);
        return new EffectiveOptions(
                limit == null ? timeout : new Setting<>(limit.value(), limit.origin()),
                wholeStream,
                attempts == null
                        ? retry
                        : new Setting<>(retry.value().withMaxAttempts(attempts.value()), attempts.origin()),
                idempotent,
                fallback,
                fallbackPolicy,
                circuitBreaker,
                concurrencyLimit,
                rateLimit,
                cache,
                coalesce,
                strategy);
    }

    /** Whether the first rooms behind a door, which keep answers and counts, are the same with the other options. */
    boolean furnishes(EffectiveOptions other) {
        return fallback.value().equals(other.fallback.value())
                && fallbackPolicy.value().equals(other.fallbackPolicy.value())
                && rateLimit.value().equals(other.rateLimit.value())
                && cache.value().equals(other.cache.value())
                && coalesce.value().equals(other.coalesce.value());
    }

    /** All that is in force, and who set it, in words. */
    List<CallReport.Option> inWords() {
        return List.of(
                option("timeout", timeout, limit -> limit.toMillis() + " ms"),
                option("wholeStream", wholeStream, EffectiveOptions::yesOrNo),
                option("retry", retry, policy -> "at most " + policy.maxAttempts() + " attempts"),
                option("idempotent", idempotent, EffectiveOptions::yesOrNo),
                option("fallback", fallback, chosen -> chosen instanceof Fallback.None ? OFF : "on"),
                option("fallbackPolicy", fallbackPolicy, Object::toString),
                option("circuitBreaker", circuitBreaker, policy -> policy.active() ? policy.toString() : OFF),
                option("concurrencyLimit", concurrencyLimit, policy -> policy.active() ? policy.toString() : OFF),
                option("rateLimit", rateLimit, policy -> policy.active() ? policy.toString() : OFF),
                option("cache", cache, policy -> policy.active() ? policy.toString() : OFF),
                option("coalesce", coalesce, policy -> policy.active() ? policy.toString() : OFF),
                option("strategy", strategy, CallStrategy::name));
    }

    private static String yesOrNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    private static <T> CallReport.Option option(String name, Setting<T> setting, Function<T, String> words) {
        return new CallReport.Option(name, words.apply(setting.value()), setting.origin());
    }

    /** Fails for options of a method that the contract does not have. */
    static void checkNames(ServiceName service, List<RpcMethod> methods, Map<String, MethodOptions> named) {
        MethodNames.check(service, methods, named.keySet());
    }

    /** How often is the word of one scope, and how soon may be that of one beneath it. */
    private static Setting<RetryPolicy> retry(List<Scope> scopes) {
        Setting<RetryPolicy> said = first(scopes, MethodOptions::retry, new Setting<>(RetryPolicy.DEFAULT, "default"));
        for (Scope scope : scopes) {
            if (scope.options().retry() != null) {
                return said;
            }
            Setting<Integer> attempts = first(List.of(scope), MethodOptions::maxAttempts, new Setting<>(0, ""));
            if (attempts.value() > 0) {
                return new Setting<>(said.value().withMaxAttempts(attempts.value()), attempts.origin());
            }
        }
        return said;
    }

    private static <T> Setting<T> first(
            List<Scope> scopes, Function<MethodOptions, @Nullable Setting<T>> option, Setting<T> otherwise) {
        for (Scope scope : scopes) {
            Setting<T> said = option.apply(scope.options());
            if (said != null) {
                return said.origin().isEmpty() ? new Setting<>(said.value(), scope.origin()) : said;
            }
        }
        return otherwise;
    }
}
