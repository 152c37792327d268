package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Delivers later what nobody could take; see {@link FailbackPolicy}. Of one method. */
public final class FailbackFilter implements Filter {
    private final FailbackPolicy policy;
    private final CallStrategy.Surroundings around;
    private final Response nothing;

    public FailbackFilter(FailbackPolicy policy, CallStrategy.Surroundings around) {
        this.policy = policy;
        this.around = around;
        this.nothing = Nothing.of(around.method());
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return before(next).invoke(request);
    }

    /** Takes over, too, what an earlier process left. */
    @Override
    public Invoker before(Invoker next) {
        Redelivery redelivery = new Redelivery(policy, around, next);
        redelivery.takeOver();
        return request -> {
            around.budget().paidCall();
            return next.invoke(request)
                    .exceptionallyCompose(thrown -> failed(redelivery, request, RpcException.from(thrown)));
        };
    }

    private CompletionStage<Response> failed(Redelivery redelivery, Request request, RpcException failure) {
        return Redelivery.mayHelp(failure) && !request.cancellation().isCancelled()
                ? redelivery.keep(request, failure).thenApply(kept -> nothing)
                : CompletableFuture.failedFuture(failure);
    }
}
