package io.bowline.rpc.server;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.filter.ConcurrencyLimit;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.filter.RateLimit;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.service.MethodNames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is in force for one method of a service: the word for an overload stands above that for its name, that above the
 * service's, that above the server's and the implementation's annotations. Resolved once, when the server starts.
 *
 * @param concurrency how many calls may run at once
 * @param rate how many calls may begin
 * @param nonBlocking whether it runs on the I/O thread; null where the options say nothing of it
 * @param executor what runs it; null for the server's
 */
record EffectiveMethod(
        Setting<ConcurrencyLimitPolicy> concurrency,
        Setting<RateLimitPolicy> rate,
        @Nullable Boolean nonBlocking,
        @Nullable Executor executor) {
    private record Scope(String origin, ServiceMethodOptions options) {}

    /** A value, and who set it. */
    record Setting<T>(T value, String origin) {}

    static EffectiveMethod of(RpcMethod method, ServiceOptions service, ServiceLimits server) {
        List<Scope> scopes = new ArrayList<>();
        service.methods().forEach((name, options) -> {
            if (MethodNames.isOverload(name, method)) {
                scopes.add(0, new Scope("method " + name, options));
            } else if (MethodNames.isName(name, method)) {
                scopes.add(new Scope("method " + name, options));
            }
        });
        scopes.add(new Scope("service", service.all()));
        return new EffectiveMethod(
                first(scopes, ServiceMethodOptions::concurrencyLimit, server.concurrency()),
                first(scopes, ServiceMethodOptions::rateLimit, server.rate()),
                first(scopes, ServiceMethodOptions::nonBlocking),
                first(scopes, ServiceMethodOptions::executor));
    }

    private static <T> Setting<T> first(
            List<Scope> scopes, Function<ServiceMethodOptions, @Nullable T> option, T otherwise) {
        for (Scope scope : scopes) {
            T value = option.apply(scope.options());
            if (value != null) {
                return new Setting<>(value, scope.origin());
            }
        }
        return new Setting<>(otherwise, ServiceLimits.ORIGIN);
    }

    private static <T> @Nullable T first(List<Scope> scopes, Function<ServiceMethodOptions, @Nullable T> option) {
        for (Scope scope : scopes) {
            T value = option.apply(scope.options());
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The gates of a method, outermost first: what is not counted against the rate need not be let in. */
    List<Gate> gates(RpcMethod method, long nowNanos) {
        List<Gate> gates = new ArrayList<>();
        if (rate.value().active()) {
            gates.add(new RateLimit(method.toString(), rate.value(), rate.origin(), nowNanos));
        }
        if (concurrency.value().active()) {
            gates.add(new ConcurrencyLimit(method.toString(), concurrency.value(), concurrency.origin()));
        }
        return gates;
    }
}
