package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bowline.rpc.Code;
import io.bowline.rpc.filter.CircuitBreakerPolicy.Slow;
import io.bowline.rpc.filter.CircuitBreakerPolicy.Window;
import io.bowline.rpc.testkit.ManualTimer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitBreakerTest {
    private static final CircuitBreakerPolicy BY_CALLS = CircuitBreakerPolicy.DEFAULT.withWindow(Window.ofCalls(10, 4));
    private static final Duration FAST = Duration.ofMillis(1);

    private final ManualTimer timer = new ManualTimer();

    private CircuitBreaker breaker(CircuitBreakerPolicy policy) {
        return new CircuitBreaker("demo.Shop buy() at shop:1", policy, "test", timer.nanoTime());
    }

    private boolean call(CircuitBreaker breaker, @Nullable Code failure) {
        return call(breaker, FAST, failure);
    }

    /** Whether it was let in. */
    private boolean call(CircuitBreaker breaker, Duration took, @Nullable Code failure) {
        if (!breaker.tryEnter(timer.nanoTime())) {
            return false;
        }
        timer.advance(took);
        breaker.left(took.toNanos(), timer.nanoTime(), failure);
        return true;
    }

    private CircuitBreaker opened() {
        CircuitBreaker breaker = breaker(BY_CALLS);
        for (int i = 0; i < 4; i++) {
            assertThat(call(breaker, Code.OVERLOADED)).isTrue();
        }
        assertThat(call(breaker, null)).isFalse();
        return breaker;
    }

    private String why(CircuitBreaker breaker) {
        return breaker.why(timer.nanoTime());
    }

    @Test
    void opensWhenTheRateOfFailuresIsReached() {
        CircuitBreaker breaker = breaker(BY_CALLS);
        call(breaker, null);
        call(breaker, null);
        call(breaker, Code.DEADLINE_EXCEEDED);
        assertThat(call(breaker, Code.DEADLINE_EXCEEDED)).isTrue();
        assertThat(call(breaker, null)).isFalse();
        assertThat(why(breaker))
                .isEqualTo("circuit breaker (test) of demo.Shop buy() at shop:1, open for another 5.0 s since 2 of 4"
                        + " calls failed");
    }

    @Test
    void saysNothingOfFewCalls() {
        CircuitBreaker breaker = breaker(BY_CALLS);
        for (int i = 0; i < 3; i++) {
            call(breaker, Code.OVERLOADED);
        }
        assertThat(call(breaker, null)).isTrue();
        assertThat(why(breaker)).endsWith("closed");
    }

    @Test
    void forgetsWhatHasLeftTheWindowOfCalls() {
        CircuitBreaker breaker = breaker(BY_CALLS);
        call(breaker, null);
        call(breaker, Code.OVERLOADED);
        for (int round = 0; round < 50; round++) {
            assertThat(call(breaker, round % 10 < 7 ? null : Code.OVERLOADED)).isTrue();
        }
    }

    @Test
    void forgetsWhatHasLeftTheWindowOfTime() {
        CircuitBreaker breaker =
                breaker(CircuitBreakerPolicy.DEFAULT.withWindow(Window.ofTime(Duration.ofSeconds(10), 4)));
        for (int i = 0; i < 3; i++) {
            call(breaker, Code.OVERLOADED);
        }
        timer.advance(Duration.ofSeconds(11));
        for (int i = 0; i < 3; i++) {
            assertThat(call(breaker, Code.OVERLOADED)).isTrue();
        }
        timer.advance(Duration.ofSeconds(5));
        assertThat(call(breaker, Code.OVERLOADED)).isTrue();
        assertThat(call(breaker, null)).as("four in six seconds").isFalse();
    }

    @Test
    void aWindowOfTimeTurnsManyTimes() {
        CircuitBreaker breaker =
                breaker(CircuitBreakerPolicy.DEFAULT.withWindow(Window.ofTime(Duration.ofSeconds(1), 10)));
        for (int i = 0; i < 1_000; i++) {
            assertThat(call(breaker, Duration.ofMillis(30), i % 3 == 0 ? Code.INTERNAL : null))
                    .isTrue();
        }
    }

    @Test
    void opensWhenTheRateOfSlowCallsIsReached() {
        CircuitBreaker breaker = breaker(
                BY_CALLS.withSlow(new Slow(Duration.ofMillis(100), 0.75)).withFailures(Set.of()));
        call(breaker, FAST, null);
        for (int i = 0; i < 3; i++) {
            assertThat(call(breaker, Duration.ofMillis(101), null)).isTrue();
        }
        assertThat(call(breaker, null)).isFalse();
        assertThat(why(breaker)).endsWith("since 3 of 4 calls took more than 100 ms");
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"APPLICATION", "CANCELLED", "BUDGET_SPENT", "DRAINING", "METHOD_NOT_FOUND", "NOT_SERIALIZABLE"})
    void whatIsNoTroubleOfTheProvidersDoesNotOpenIt(Code code) {
        CircuitBreaker breaker = breaker(BY_CALLS);
        for (int i = 0; i < 20; i++) {
            assertThat(call(breaker, code)).isTrue();
        }
    }

    @Test
    void theServicesOwnExceptionsCountIfAsked() {
        CircuitBreaker breaker = breaker(BY_CALLS.withFailures(EnumSet.of(Code.APPLICATION)));
        for (int i = 0; i < 4; i++) {
            call(breaker, Code.APPLICATION);
        }
        assertThat(call(breaker, null)).isFalse();
    }

    @Test
    void letsItsProbesInAfterAWhileAndNoMore() {
        CircuitBreaker breaker = opened();
        timer.advance(Duration.ofSeconds(5));
        for (int i = 0; i < 3; i++) {
            assertThat(breaker.tryEnter(timer.nanoTime())).isTrue();
        }
        assertThat(breaker.tryEnter(timer.nanoTime())).isFalse();
        assertThat(why(breaker)).contains("half open with its 3 probes under way since 4 of 4 calls failed");
    }

    @Test
    void closesWhenAllProbesWentWellAndForgetsThePast() {
        CircuitBreaker breaker = opened();
        timer.advance(Duration.ofSeconds(5));
        for (int i = 0; i < 3; i++) {
            assertThat(call(breaker, null)).isTrue();
        }
        assertThat(why(breaker)).endsWith("closed");
        for (int i = 0; i < 3; i++) {
            assertThat(call(breaker, Code.OVERLOADED)).isTrue();
        }
        assertThat(call(breaker, null)).isTrue();
    }

    @Test
    void opensAgainWithTheFirstProbeThatFails() {
        CircuitBreaker breaker = opened();
        for (int round = 0; round < 3; round++) {
            timer.advance(Duration.ofSeconds(5));
            assertThat(call(breaker, Code.OVERLOADED)).isTrue();
            assertThat(call(breaker, null)).isFalse();
        }
        assertThat(why(breaker)).endsWith("since 4 of 4 calls failed, and a probe went no better");
    }

    @Test
    void aProbeThatTellsNothingIsGivenBack() {
        CircuitBreaker breaker = opened();
        timer.advance(Duration.ofSeconds(5));
        for (int i = 0; i < 20; i++) {
            assertThat(call(breaker, Code.CANCELLED)).isTrue();
        }
        assertThat(breaker.tryEnter(timer.nanoTime())).isTrue();
        breaker.withdrawn();
        for (int i = 0; i < 3; i++) {
            assertThat(call(breaker, null)).isTrue();
        }
        assertThat(why(breaker)).endsWith("closed");
    }

    @Test
    void aCallFromBeforeTheOpeningIsNoProbe() {
        CircuitBreaker breaker = breaker(BY_CALLS);
        assertThat(breaker.tryEnter(timer.nanoTime())).isTrue();
        long began = timer.nanoTime();
        for (int i = 0; i < 4; i++) {
            call(breaker, Code.OVERLOADED);
        }
        timer.advance(Duration.ofSeconds(5));
        assertThat(breaker.tryEnter(timer.nanoTime())).isTrue();
        breaker.left(timer.nanoTime() - began, timer.nanoTime(), Code.DEADLINE_EXCEEDED);
        assertThat(why(breaker)).contains("half open");
    }

    @Test
    void manyThreadsGetNoMoreThanTheProbes() throws Exception {
        CircuitBreaker breaker = opened();
        timer.advance(Duration.ofSeconds(5));
        AtomicInteger entered = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            threads.execute(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                for (int n = 0; n < 1_000; n++) {
                    if (breaker.tryEnter(timer.nanoTime())) {
                        entered.incrementAndGet();
                    }
                }
            });
        }
        start.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(entered.get()).isEqualTo(3);
    }

    @Test
    void neverOpensWhereItIsOff() {
        assertThat(CircuitBreakerPolicy.OFF.active()).isFalse();
        assertThat(CircuitBreakerPolicy.DEFAULT.active()).isTrue();
        CircuitBreaker breaker = breaker(CircuitBreakerPolicy.OFF);
        for (int i = 0; i < 20; i++) {
            assertThat(call(breaker, Code.OVERLOADED)).isTrue();
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BY_CALLS.withFailureRate(0))
                .withMessage("failureRate: 0.0 (expected: more than 0, at most 1)");
        assertThatIllegalArgumentException().isThrownBy(() -> BY_CALLS.withFailureRate(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> BY_CALLS.withOpen(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> BY_CALLS.withProbes(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BY_CALLS.withFailures(EnumSet.of(Code.CANCELLED)))
                .withMessageContaining("expected: without");
        assertThatIllegalArgumentException().isThrownBy(() -> Window.ofCalls(10, 11));
        assertThatIllegalArgumentException().isThrownBy(() -> Window.ofTime(Duration.ofMillis(9), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Window(10, Duration.ofSeconds(1), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slow(Duration.ofMillis(-1), 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slow(Duration.ofMillis(1), 1.5));
    }
}
