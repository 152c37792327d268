package io.bowline.rpc.filter;

import io.bowline.rpc.Attempt;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.ResponseFuture;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries again what may be tried again: a call that certainly no server began, and a call of an idempotent method whose
 * connection was lost. It stands above the balancer, so each attempt picks anew, and below the deadline, which all
 * attempts share.
 */
public final class RetryFilter implements Filter {
    private final RetryPolicy policy;
    private final RetryBudget budget;
    private final Timer timer;

    public RetryFilter(RetryPolicy policy, RetryBudget budget, Timer timer) {
        this.policy = policy;
        this.budget = budget;
        this.timer = timer;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return before(next).invoke(request);
    }

    @Override
    public Invoker before(Invoker next) {
        return new Attempts(next);
    }

    /** The attempts of calls at one invoker. A first attempt that succeeds, as nearly all do, costs nothing here. */
    private final class Attempts implements Invoker, ResponseFuture.Recovery {
        private final Invoker next;

        Attempts(Invoker next) {
            this.next = next;
        }

        @Override
        public CompletionStage<Response> invoke(Request request) {
            budget.paidCall();
            CompletionStage<Response> first = next.attempt(request);
            return first instanceof ResponseFuture future && future.recoverWith(this)
                    ? future
                    : first.exceptionallyCompose(thrown -> recover(request, RpcException.from(thrown)));
        }

        @Override
        public CompletionStage<Response> recover(Request request, RpcException failure) {
            return afterFailure(request, SoFar.NOTHING.and(failure), failure);
        }

        private CompletionStage<Response> again(Request request, SoFar before) {
            return next.attempt(request).exceptionallyCompose(thrown -> {
                RpcException failure = RpcException.from(thrown);
                return afterFailure(request, before.and(failure), failure);
            });
        }

        private CompletionStage<Response> afterFailure(Request request, SoFar soFar, RpcException failure) {
            if (!mayRetry(request, failure) || soFar.number >= policy.maxAttempts()) {
                return soFar.failed(failure, "");
            }
            if (!budget.tryAttempt()) {
                return soFar.failed(failure, ", the client's retry budget is spent");
            }
            Duration pause = failure.unprocessed() && soFar.number == 1 ? Duration.ZERO : pauseBefore(soFar.number + 1);
            if (request.deadline().remainingNanos(timer.nanoTime()) <= pause.toNanos()) {
                return soFar.failed(failure, ", too little time is left for another");
            }
            if (pause.isZero()) {
                return again(request, soFar);
            }
            CompletableFuture<Void> paused = new CompletableFuture<>();
            timer.schedule(pause, () -> paused.complete(null));
            return paused.thenCompose(done -> again(request, soFar));
        }
    }

    /** The attempts that have failed, and whether it is certain that no server began any of them. */
    private record SoFar(int number, boolean unprocessed, List<Attempt> attempts) {
        static final SoFar NOTHING = new SoFar(0, true, List.of());

        SoFar and(RpcException failure) {
            List<Attempt> all = failure.attempts();
            if (!attempts.isEmpty()) {
                all = new ArrayList<>(attempts);
                all.addAll(failure.attempts());
            }
            return new SoFar(number + 1, unprocessed && failure.unprocessed(), all);
        }

        CompletionStage<Response> failed(RpcException failure, String why) {
            boolean plain = number == 1 && why.isEmpty();
            return CompletableFuture.failedFuture(
                    plain ? failure : failure.afterAttempts(attempts, "attempts: " + number + why, unprocessed));
        }
    }

    private Duration pauseBefore(int attempt) {
        long longest = policy.longestPause(attempt).toNanos();
        return Duration.ofNanos(longest == 0 ? 0 : ThreadLocalRandom.current().nextLong(longest));
    }

    /** Whether another provider may take a call that failed so. */
    static boolean mayRetry(Request request, RpcException failure) {
        if (request.cancellation().isCancelled()) {
            return false;
        }
        return switch (failure.code()) {
            case CONNECT_FAILED, OVERLOADED, DRAINING, CONNECTION_LOST, CLOSED ->
                failure.unprocessed()
                        || (failure.code() == Code.CONNECTION_LOST
                                && request.method().idempotent());
            default -> false;
        };
    }
}
