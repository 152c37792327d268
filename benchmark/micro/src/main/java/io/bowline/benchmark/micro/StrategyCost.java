package io.bowline.benchmark.micro;

import io.bowline.rpc.Invoker;
import io.bowline.rpc.Providers;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import io.bowline.rpc.filter.FailsafeFilter;
import io.bowline.rpc.filter.FailsafePolicy;
import io.bowline.rpc.filter.ForkFilter;
import io.bowline.rpc.filter.ForkPolicy;
import io.bowline.rpc.filter.HedgeFilter;
import io.bowline.rpc.filter.HedgePolicy;
import io.bowline.rpc.filter.RetryBudget;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Strategies above providers that answer a moment after they are asked: what a call costs that is neither late nor failed.
 * The pick itself is not in it.
 */
@State(Scope.Thread)
public class StrategyCost {
    private final Timer timer = Timer.system();
    private final Request request = Contract.existUser();
    private final Open open = new Open();
    private final RetryBudget budget = new RetryBudget(RetryBudgetPolicy.DEFAULT, timer);
    private final RetryBudget none = new RetryBudget(new RetryBudgetPolicy(0, 0), timer);
    private final Invoker failsafe = new FailsafeFilter(FailsafePolicy.DEFAULT, request.method()).before(open);
    private final Invoker hedge = new HedgeFilter(HedgePolicy.DEFAULT, budget, timer).before(open);
    private final Invoker fork = new ForkFilter(ForkPolicy.DEFAULT, none).before(open);

    /** Leaves each call open until it is told to answer. */
    private static final class Open implements Providers {
        private CompletableFuture<Response> last = new CompletableFuture<>();

        @Override
        public CompletionStage<Response> invoke(Request request) {
            last = new CompletableFuture<>();
            return last;
        }

        @Override
        public Invoker apart() {
            return this;
        }

        @Override
        public CompletionStage<List<Invoker>> each(Request request) {
            return CompletableFuture.completedFuture(List.of(this));
        }

        CompletionStage<Response> answer(CompletionStage<Response> stage) {
            last.complete(Response.of(true));
            return stage;
        }
    }

    @Benchmark
    public CompletionStage<Response> bare() {
        return open.answer(open.invoke(request));
    }

    @Benchmark
    public CompletionStage<Response> failsafe() {
        return open.answer(failsafe.invoke(request));
    }

    @Benchmark
    public CompletionStage<Response> hedge() {
        return open.answer(hedge.invoke(request));
    }

    /** With a budget that grants no second attempt. */
    @Benchmark
    public CompletionStage<Response> fork() {
        return open.answer(fork.invoke(request));
    }
}
