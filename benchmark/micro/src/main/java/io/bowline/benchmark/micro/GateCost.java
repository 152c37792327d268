package io.bowline.benchmark.micro;

import io.bowline.rpc.Timer;
import io.bowline.rpc.filter.CircuitBreaker;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.ConcurrencyLimit;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.filter.RateLimit;
import io.bowline.rpc.filter.RateLimitPolicy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a call pays at each kind of gate: its way in and its way out, with the clock read once for each. */
@State(Scope.Benchmark)
public class GateCost {
    private final Timer timer = Timer.system();
    private final Gate timed = breaker(CircuitBreakerPolicy.DEFAULT);
    private final Gate counted =
            breaker(CircuitBreakerPolicy.DEFAULT.withWindow(CircuitBreakerPolicy.Window.ofCalls(100, 20)));
    private final Gate fixed = new ConcurrencyLimit("shop", ConcurrencyLimitPolicy.fixed(100), "benchmark");
    private final Gate adaptive = new ConcurrencyLimit("shop", ConcurrencyLimitPolicy.ADAPTIVE, "benchmark");
    private final Gate rate = new RateLimit("shop", RateLimitPolicy.perSecond(1e9), "benchmark", timer.nanoTime());

    private Gate breaker(CircuitBreakerPolicy policy) {
        return new CircuitBreaker("shop", policy, "benchmark", timer.nanoTime());
    }

    private boolean pass(Gate gate) {
        long began = timer.nanoTime();
        boolean passed = gate.tryEnter(began);
        if (passed) {
            long now = timer.nanoTime();
            gate.left(now - began, now, null);
        }
        return passed;
    }

    /** What the two readings of the clock cost in all of them. */
    @Benchmark
    public long clock() {
        long began = timer.nanoTime();
        return timer.nanoTime() - began;
    }

    @Benchmark
    public boolean breakerByTime() {
        return pass(timed);
    }

    @Benchmark
    public boolean breakerByCalls() {
        return pass(counted);
    }

    @Benchmark
    public boolean limitFixed() {
        return pass(fixed);
    }

    @Benchmark
    public boolean limitAdaptive() {
        return pass(adaptive);
    }

    @Benchmark
    public boolean rateLimit() {
        return pass(rate);
    }
}
