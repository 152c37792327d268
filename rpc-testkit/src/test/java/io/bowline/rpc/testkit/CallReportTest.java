package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bowline.rpc.Attempt;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.CallListener;
import io.bowline.rpc.CallRecord;
import io.bowline.rpc.CallReport;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.ForkPolicy;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallReportTest {
    private static final Filter WELL = (request, next) -> next.invoke(request);
    private static final Filter FULL = (request, next) ->
            CompletableFuture.failedFuture(RpcException.unprocessed(Code.OVERLOADED, "full, as ever"));
    private static final RetryPolicy TWICE = new RetryPolicy(2, Duration.ZERO, Duration.ZERO);
    private static final RetryBudgetPolicy PLENTY = new RetryBudgetPolicy(1, 100);

    private final Queue<CallReport> reports = new ConcurrentLinkedQueue<>();

    private static final class Broken implements Fleet.Desk {
        @Override
        public String read(String text) {
            throw new IllegalStateException("broken");
        }

        @Override
        public CompletableFuture<String> readLater(String text) {
            throw new IllegalStateException("broken");
        }

        @Override
        public String write(String text) {
            throw new IllegalStateException("broken");
        }
    }

    private CallReport only() {
        assertThat(reports).hasSize(1);
        return reports.element();
    }

    @Test
    void aFailureTellsWhomItAskedWhenAndByWhichOptions() {
        try (Fleet fleet = Fleet.of(2, FULL)) {
            Fleet.Desk desk = fleet.desk(
                    fleet.client().retry(TWICE).retryBudget(PLENTY),
                    CallStrategy.failover(),
                    LoadBalancer.roundRobin());
            RpcException failure = catchThrowableOfType(RpcException.class, () -> desk.read("secret"));
            CallReport report = failure.report();
            assertThat(report).isNotNull();
            assertThat(report.method().name()).isEqualTo("read(java.lang.String)");
            assertThat(report.failure().code()).isEqualTo(Code.OVERLOADED);
            assertThat(report.deadline().origin()).isEqualTo("default");
            assertThat(report.left()).isPositive().isLessThan(Duration.ofSeconds(3));
            assertThat(report.attempts()).hasSize(2);
            assertThat(report.attempts())
                    .extracting(Attempt::provider)
                    .containsExactlyInAnyOrder(fleet.address(0), fleet.address(1));
            assertThat(report.attempts())
                    .allSatisfy(attempt -> assertThat(attempt.failure()).hasMessageContaining("full, as ever"));
            assertThat(report.circumstances().known()).isEqualTo(2);
            assertThat(report.circumstances().usable()).isEqualTo(2);
            assertThat(report.circumstances().registries())
                    .singleElement()
                    .satisfies(registry -> assertThat(registry.providers()).isEqualTo(2));
            assertThat(report.options())
                    .contains(
                            new CallReport.Option("timeout", "3000 ms", "default"),
                            new CallReport.Option("retry", "at most 2 attempts", "client"),
                            new CallReport.Option("idempotent", "yes", "contract"),
                            new CallReport.Option("strategy", "failover", "reference"));
            assertThat(failure.explain())
                    .contains("call       " + report.method() + " failed after ")
                    .contains("failure    RPC-OVERLOADED full, as ever")
                    .contains("deadline   3000 ms (default), ")
                    .contains("providers  2 known, 2 usable")
                    .contains("attempt 1  ")
                    .contains("attempt 2  ")
                    .contains("retry=at most 2 attempts (client)")
                    .doesNotContain("secret");
        }
    }

    @Test
    void aCallThatWasSentToNobodySaysSo() {
        try (Fleet fleet = Fleet.of(WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client());
            assertThat(desk.read("at ")).isEqualTo("at 0");
            fleet.stop(0);
            RpcException failure = catchThrowableOfType(RpcException.class, () -> desk.read(""));
            assertThat(failure.explain())
                    .contains("providers  1 known, 0 usable")
                    .contains("attempts   none: the call was sent to nobody");
        }
    }

    @Test
    void rulesTellHowManyTheyLeave() {
        try (Fleet fleet = Fleet.of(3, FULL)) {
            Fleet.Desk desk = fleet.desk(fleet.client(), CallStrategy.failfast(), LoadBalancer.roundRobin());
            Selector first = Selector.at(fleet.address(0).toString());
            fleet.obey(Rule.of("not the first", Fleet.SERVICE, new RuleAction.Exclude(first, true)));
            assertThatThrownBy(() -> desk.read(""))
                    .isInstanceOfSatisfying(
                            RpcException.class,
                            failure -> assertThat(failure.explain()).contains("rule       not the first: 3 -> 2"));
        }
    }

    @Test
    void forksTellOfEachAttempt() {
        try (Fleet fleet = Fleet.of(3, FULL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().retryBudget(PLENTY), new ForkPolicy(3));
            RpcException failure = catchThrowableOfType(RpcException.class, () -> desk.read(""));
            assertThat(failure.attempts()).hasSize(3);
            assertThat(failure.report().attempts()).isEqualTo(failure.attempts());
        }
    }

    @Test
    void anAsynchronousCallTellsTheSame() {
        try (Fleet fleet = Fleet.of(FULL)) {
            Fleet.Desk desk = fleet.desk(fleet.client(), CallStrategy.failfast());
            assertThatThrownBy(() -> desk.readLater("").join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            RpcException.class,
                            failure -> assertThat(failure.explain()).contains("attempt 1  " + fleet.address(0)));
        }
    }

    @Test
    void whoAsksForOneCallIsToldWhereItsTimeWent() {
        Filter sees = (request, next) -> {
            assertThat(request.metadata().get(CallRecord.LABEL)).isNotNull();
            return next.invoke(request);
        };
        try (Fleet fleet = Fleet.of(sees)) {
            Fleet.Desk desk = fleet.desk(fleet.client());
            CallContext.current()
                    .reporting(reports::add)
                    .run(() -> assertThat(desk.read("at ")).isEqualTo("at 0"));
            CallReport report = only();
            assertThat(report.failure()).isNull();
            assertThat(report.attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.failure()).isNull();
                assertThat(attempt.phases())
                        .extracting(Attempt.Phase::name)
                        .containsExactly("queue", "encode", "wire", "server queue", "handler", "decode");
                assertThat(attempt.phases())
                        .allSatisfy(phase -> assertThat(phase.nanos()).isBetween(0L, attempt.tookNanos()));
            });
            assertThat(report.toString()).contains(" answered in ").contains("[queue ");
        }
    }

    @Test
    void anAsynchronousCallIsReportedToo() {
        try (Fleet fleet = Fleet.of(WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client());
            String answer = CallContext.current()
                    .reporting(reports::add)
                    .call(() -> desk.readLater("at "))
                    .join();
            assertThat(answer).isEqualTo("at 0");
            assertThat(only().attempts()).hasSize(1);
        }
    }

    @Test
    void aRecordedCallThatWasTriedAgainTellsOfBothAttempts() {
        try (Fleet fleet = Fleet.of(FULL, WELL)) {
            Fleet.Desk desk = fleet.desk(
                    fleet.client().retry(TWICE).retryBudget(PLENTY),
                    CallStrategy.failover(),
                    LoadBalancer.roundRobin());
            for (int i = 0; i < 2; i++) {
                CallContext.current()
                        .reporting(reports::add)
                        .run(() -> assertThat(desk.read("at ")).isEqualTo("at 1"));
            }
            assertThat(reports)
                    .anySatisfy(report -> assertThat(report.attempts())
                            .extracting(attempt -> attempt.failure() == null)
                            .containsExactly(false, true));
        }
    }

    @Test
    void aListenerHearsOfFailuresAndOfWhatItAskedFor() {
        CallListener writes = new CallListener() {
            @Override
            public boolean records(RpcMethod method) {
                return method.name().startsWith("write");
            }

            @Override
            public void ended(CallReport report) {
                reports.add(report);
            }
        };
        try (Fleet fleet = Fleet.of(WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().listener(writes));
            desk.read("at ");
            assertThat(reports).isEmpty();
            desk.write("at ");
            assertThat(only().method().name()).startsWith("write");
            fleet.stop(0);
            assertThatThrownBy(() -> desk.read("")).isInstanceOf(RpcException.class);
            assertThat(reports).hasSize(2);
        }
    }

    @Test
    void whatTheServiceThrewIsReportedAndStaysTheCallersOwn() {
        try (Fleet fleet = Fleet.of(1, new Broken())) {
            Fleet.Desk desk = fleet.desk(fleet.client().listener(CallListener.ofFailures(reports::add)));
            assertThatThrownBy(() -> desk.read("")).isNotNull();
            assertThat(only().failure().code()).isEqualTo(Code.APPLICATION);
            assertThat(only().attempts()).hasSize(1);
        }
    }

    @Test
    void aShareOfTheCallsIsRecorded() {
        assertThat(CallListener.sampling(0, report -> {}).records(null)).isFalse();
        assertThat(CallListener.sampling(1, report -> {}).records(null)).isTrue();
        for (double wrong : List.of(-0.1, 1.1, Double.NaN)) {
            assertThatThrownBy(() -> CallListener.sampling(wrong, report -> {}))
                    .hasMessage("share: " + wrong + " (expected: 0 to 1)");
        }
    }

    @Test
    void aListenerThatThrowsChangesNoCall() {
        CallListener broken = new CallListener() {
            @Override
            public void ended(CallReport report) {
                throw new IllegalStateException("listener");
            }

            @Override
            public boolean records(RpcMethod method) {
                throw new IllegalStateException("listener");
            }
        };
        try (Fleet fleet = Fleet.of(WELL)) {
            Fleet.Desk desk = fleet.desk(fleet.client().listener(broken));
            assertThat(desk.read("at ")).isEqualTo("at 0");
            fleet.stop(0);
            assertThatThrownBy(() -> desk.read("")).isInstanceOf(RpcException.class);
        }
    }
}
