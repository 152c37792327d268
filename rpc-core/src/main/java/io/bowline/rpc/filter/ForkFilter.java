package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Providers;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.concurrent.CompletionStage;

/** Sends a call to several providers at once; see {@link ForkPolicy}. It stands right above the balancer. */
public final class ForkFilter implements Filter {
    private static final Race.Course STRAIGHT = new Race.Course() {
        @Override
        public boolean goesOn(RpcException failure) {
            return false;
        }

        @Override
        public void over(boolean answered) {}
    };

    private final ForkPolicy policy;
    private final RetryBudget budget;

    public ForkFilter(ForkPolicy policy, RetryBudget budget) {
        this.policy = policy;
        this.budget = budget;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return before(next).invoke(request);
    }

    @Override
    public Invoker before(Invoker next) {
        Providers providers = Providers.behind(this, next);
        return request -> {
            budget.paidCall();
            Race race = new Race(request, providers.apart(), budget, STRAIGHT);
            race.start(policy.forks());
            return race;
        };
    }
}
