package io.bowline.benchmark.micro;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import io.bowline.rpc.filter.DeadlineFilter;
import io.bowline.rpc.filter.RetryBudget;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import io.bowline.rpc.filter.RetryFilter;
import io.bowline.rpc.filter.RetryPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Filters above an invoker that has the answer ready, or makes one that is not: then somebody else's thread would
 * complete it, and what a filter hangs onto the stage is paid for.
 */
@State(Scope.Thread)
public class FilterCost {
    private static final CompletionStage<Response> ANSWER = CompletableFuture.completedFuture(Response.of(true));

    private final Timer timer = Timer.system();
    private final Request request = Contract.existUser();
    private final Pending pending = new Pending();
    private final Filter deadlineFilter = new DeadlineFilter(timer, "not sent");
    private final Filter retryFilter =
            new RetryFilter(RetryPolicy.DEFAULT, new RetryBudget(RetryBudgetPolicy.DEFAULT, timer), timer);
    private final Invoker deadline = deadlineFilter.before(request -> ANSWER);
    private final Invoker retry = retryFilter.before(request -> ANSWER);
    private final Invoker retryPending = retryFilter.before(pending);
    private final Invoker bothPending = Filter.chain(List.of(deadlineFilter, retryFilter), pending);

    /** Leaves each call open until it is told to answer. */
    private static final class Pending implements Invoker {
        private CompletableFuture<Response> last = new CompletableFuture<>();

        @Override
        public CompletionStage<Response> invoke(Request request) {
            last = new CompletableFuture<>();
            return last;
        }

        void answer() {
            last.complete(Response.of(true));
        }
    }

    @Benchmark
    public CompletionStage<Response> deadline() {
        return deadline.invoke(request);
    }

    @Benchmark
    public CompletionStage<Response> retry() {
        return retry.invoke(request);
    }

    @Benchmark
    public CompletionStage<Response> pendingWithoutFilters() {
        CompletionStage<Response> stage = pending.invoke(request);
        pending.answer();
        return stage;
    }

    @Benchmark
    public CompletionStage<Response> pendingRetry() {
        CompletionStage<Response> stage = retryPending.invoke(request);
        pending.answer();
        return stage;
    }

    @Benchmark
    public CompletionStage<Response> pendingDeadlineAndRetry() {
        CompletionStage<Response> stage = bothPending.invoke(request);
        pending.answer();
        return stage;
    }
}
