package io.bowline.rpc.client;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.CoalescePolicy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Fallback;
import io.bowline.rpc.filter.FallbackPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one scope sets, and nothing where it is silent: a client's defaults, a reference, or a method. Used by one thread. */
public final class MethodOptions {
    private @Nullable Setting<Duration> timeout;
    private @Nullable Setting<Boolean> wholeStream;
    private @Nullable Setting<RetryPolicy> retry;
    private @Nullable Setting<Integer> maxAttempts;
    private @Nullable Setting<Boolean> idempotent;
    private @Nullable Setting<Fallback> fallback;
    private @Nullable Setting<FallbackPolicy> fallbackPolicy;
    private @Nullable Setting<CircuitBreakerPolicy> circuitBreaker;
    private @Nullable Setting<ConcurrencyLimitPolicy> concurrencyLimit;
    private @Nullable Setting<RateLimitPolicy> rateLimit;
    private @Nullable Setting<CachePolicy> cache;
    private @Nullable Setting<CoalescePolicy> coalesce;
    private @Nullable Setting<CallStrategy> strategy;

    private String origin = "";

    MethodOptions() {}

    /**
     * Who sets what is set from now on, as messages and reports are to show it: a property's name with its file and line,
     * say. By default, the scope: {@code client}, {@code reference}, {@code method …}.
     */
    public MethodOptions origin(String origin) {
        this.origin = origin;
        return this;
    }

    /** How long a call may take, all attempts together; more than zero. */
    public MethodOptions timeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
        }
        this.timeout = said(timeout);
        return this;
    }

    /**
     * Whether the timeout is for the whole of a streamed answer, rather than for its first element. Changes nothing for a
     * method that returns no stream.
     */
    public MethodOptions wholeStream(boolean whole) {
        this.wholeStream = said(whole);
        return this;
    }

    /** How often and how soon to try again. */
    public MethodOptions retry(RetryPolicy retry) {
        this.retry = said(retry);
        maxAttempts = null;
        return this;
    }

    /**
     * How often to try, the first attempt included, with the pauses that are said elsewhere: before, or by a scope beneath.
     *
     * @param maxAttempts 1 to 100
     */
    public MethodOptions maxAttempts(int maxAttempts) {
        RetryPolicy.NONE.withMaxAttempts(maxAttempts); // Refuses a wrong number here, where it is said.
        if (retry == null) {
            this.maxAttempts = said(maxAttempts);
        } else {
            retry = said(retry.value().withMaxAttempts(maxAttempts));
        }
        return this;
    }

    /** What a call does about failure; {@link CallStrategy#failover()} where nobody says. */
    public MethodOptions strategy(CallStrategy strategy) {
        this.strategy = said(strategy);
        return this;
    }

    /** Whether a call may run twice, or be tried again when its outcome is unknown; overrides the contract's annotation. */
    public MethodOptions idempotent(boolean idempotent) {
        this.idempotent = said(idempotent);
        return this;
    }

    /** What answers in place of a call that failed. */
    public MethodOptions fallback(Fallback fallback) {
        this.fallback = said(fallback);
        return this;
    }

    /** {@link Fallback#of An implementation} of the contract answers in place of a call that failed. */
    public MethodOptions fallback(Object implementation) {
        return fallback(implementation instanceof Fallback known ? known : Fallback.of(implementation));
    }

    /** A function of the method's one argument {@linkplain Fallback#answer(Function) answers}. */
    public <A extends @Nullable Object> MethodOptions fallback(Function<A, ?> answer) {
        return fallback(Fallback.answer(answer));
    }

    /** A function of all arguments and the failure {@linkplain Fallback#answer(BiFunction) answers}. */
    public MethodOptions fallback(BiFunction<@Nullable Object[], RpcException, ?> answer) {
        return fallback(Fallback.answer(answer));
    }

    /** For which failures the fallback answers. */
    public MethodOptions fallbackPolicy(FallbackPolicy policy) {
        this.fallbackPolicy = said(policy);
        return this;
    }

    /** When a provider is no longer asked for a method that fails there. */
    public MethodOptions circuitBreaker(CircuitBreakerPolicy policy) {
        this.circuitBreaker = said(policy);
        return this;
    }

    /** How many calls of a method may be under way at one provider. */
    public MethodOptions concurrencyLimit(ConcurrencyLimitPolicy policy) {
        this.concurrencyLimit = said(policy);
        return this;
    }

    /** How many calls of a method this client begins. */
    public MethodOptions rateLimit(RateLimitPolicy policy) {
        this.rateLimit = said(policy);
        return this;
    }

    /**
     * Keeps answers, which are given again to calls of equal arguments; off by default. What is missing is fetched once
     * however many ask. For methods that only read, have a result, and whose arguments have an {@code equals}.
     */
    public MethodOptions cache(CachePolicy policy) {
        this.cache = said(policy);
        return this;
    }

    /** Sends calls that are alike and under way at the same time as one; off by default. For methods that have a result. */
    public MethodOptions coalesce(CoalescePolicy policy) {
        this.coalesce = said(policy);
        return this;
    }

    private <T> Setting<T> said(T value) {
        return new Setting<>(value, origin);
    }

    static boolean needsAll(MethodOptions options) {
        return options.strategy != null && options.strategy.value().needsAll();
    }

    @Nullable
    Setting<Duration> timeout() {
        return timeout;
    }

    @Nullable
    Setting<Boolean> wholeStream() {
        return wholeStream;
    }

    @Nullable
    Setting<RetryPolicy> retry() {
        return retry;
    }

    /** Null as well where {@link #retry} says all. */
    @Nullable
    Setting<Integer> maxAttempts() {
        return maxAttempts;
    }

    @Nullable
    Setting<Boolean> idempotent() {
        return idempotent;
    }

    @Nullable
    Setting<Fallback> fallback() {
        return fallback;
    }

    @Nullable
    Setting<FallbackPolicy> fallbackPolicy() {
        return fallbackPolicy;
    }

    @Nullable
    Setting<CircuitBreakerPolicy> circuitBreaker() {
        return circuitBreaker;
    }

    @Nullable
    Setting<ConcurrencyLimitPolicy> concurrencyLimit() {
        return concurrencyLimit;
    }

    @Nullable
    Setting<RateLimitPolicy> rateLimit() {
        return rateLimit;
    }

    @Nullable
    Setting<CachePolicy> cache() {
        return cache;
    }

    @Nullable
    Setting<CoalescePolicy> coalesce() {
        return coalesce;
    }

    @Nullable
    Setting<CallStrategy> strategy() {
        return strategy;
    }
}
