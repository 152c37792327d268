package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.ResponseFuture;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers in place of calls that failed, and of calls that an operator has switched off. It stands above deadline and
 * retry, so that it sees the last word on a call, and below the user's filters. A call that its caller cancelled stays
 * cancelled.
 */
public final class FallbackFilter implements Filter {
    /** What answers. It is called on any thread and must not block: user code has to be handed over. */
    @FunctionalInterface
    public interface Answer {
        /** The answer in place of a failure; or a failure, be it the same. */
        CompletionStage<Response> answer(Request request, RpcException failure);
    }

    private final FallbackPolicy policy;
    private final Answer answer;
    private final Degradation degradation;

    public FallbackFilter(FallbackPolicy policy, Answer answer, Degradation degradation) {
        this.policy = policy;
        this.answer = answer;
        this.degradation = degradation;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return before(next).invoke(request);
    }

    @Override
    public Invoker before(Invoker next) {
        return new Calls(next);
    }

    /** The calls at one invoker. One that succeeds leaves only word behind what to do otherwise, and no stage. */
    private final class Calls implements Invoker, ResponseFuture.Recovery {
        private final Invoker next;

        /** What was found out of the newest state of the switch; replaced whole, and threads that race find the same. */
        private volatile Verdict verdict = new Verdict(degradation.state(), null, false);

        /** The recovery around the one of the attempts, which is the same for all calls of a method. */
        private volatile @Nullable Both both;

        Calls(Invoker next) {
            this.next = next;
        }

        @Override
        public CompletionStage<Response> invoke(Request request) {
            if (degraded(request.method())) {
                return answered(
                        request,
                        RpcException.unprocessed(
                                Code.DEGRADED,
                                request.method() + " is switched off at this client by its operator; not sent"));
            }
            if (policy.codes().isEmpty()) {
                return next.invoke(request);
            }
            CompletionStage<Response> call = next.attempt(request);
            return call instanceof ResponseFuture future && future.recoverWith(this)
                    ? future
                    : call.exceptionallyCompose(thrown -> recover(request, RpcException.from(thrown)));
        }

        @Override
        public CompletionStage<Response> recover(Request request, RpcException failure) {
            return policy.covers(failure) && !request.cancellation().isCancelled()
                    ? answered(request, failure)
                    : CompletableFuture.failedFuture(failure);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // Whether it is the very one that was met before.
        public ResponseFuture.Recovery outside(ResponseFuture.Recovery inner) {
            Both known = both;
            if (known == null || known.inner != inner) {
                known = new Both(inner, ResponseFuture.Recovery.super.outside(inner));
                both = known;
            }
            return known.recovery;
        }

        private boolean degraded(RpcMethod method) {
            Degradation.State now = degradation.state();
            Verdict known = verdict;
            if (known.state != now || known.method != method) {
                known = new Verdict(now, method, now.covers(method));
                verdict = known;
            }
            return known.degraded;
        }
    }

    private CompletionStage<Response> answered(Request request, RpcException failure) {
        try {
            return answer.answer(request, failure);
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(RpcException.from(thrown));
        }
    }

    private record Verdict(
            Degradation.State state, @Nullable RpcMethod method, boolean degraded) {}

    private record Both(ResponseFuture.Recovery inner, ResponseFuture.Recovery recovery) {}
}
