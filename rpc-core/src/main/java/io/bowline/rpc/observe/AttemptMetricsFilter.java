package io.bowline.rpc.observe;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.ResponseFuture;
import io.bowline.rpc.RpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts the attempts of a client's calls, and those that failed, by service, method and outcome: {@code
 * RpcClient.builder().attempt(AttemptMetricsFilter.of(meters))}. Attempts less calls are retries, hedges and forks.
 */
public final class AttemptMetricsFilter implements Filter {
    private final BoundedMethods<MethodAttempts> methods;

    private AttemptMetricsFilter(Meters meters, MetricsPolicy policy) {
        Meters forgiving = new ForgivingMeters(meters);
        methods = new BoundedMethods<>(
                policy.maxMethods(), (service, method) -> new MethodAttempts(forgiving, service, method));
    }

    public static AttemptMetricsFilter of(Meters meters) {
        return of(meters, MetricsPolicy.DEFAULT);
    }

    public static AttemptMetricsFilter of(Meters meters, MetricsPolicy policy) {
        return new AttemptMetricsFilter(meters, policy);
    }

    @Override
    public boolean observes() {
        return true;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return methods.of(request.method()).count(request, next);
    }

    @Override
    public Invoker before(Invoker next) {
        BoundedMethods<MethodAttempts>.Last last = methods.last();
        return request -> last.of(request.method()).count(request, next);
    }

    /**
     * The counters of one method. It hears of an attempt's failure as a recovery that recovers nothing: the stage itself may
     * end later, as the next attempt does.
     */
    private static final class MethodAttempts implements ResponseFuture.Recovery {
        private final Meters meters;
        private final String service;
        private final String method;
        private final Meters.Counter attempts;
        private final AtomicReferenceArray<Meters.@Nullable Counter> failed = new AtomicReferenceArray<>(64);

        MethodAttempts(Meters meters, String service, String method) {
            this.meters = meters;
            this.service = service;
            this.method = method;
            attempts = meters.counter(CallMeasures.ATTEMPTS, CallNames.labels(service, method));
        }

        CompletionStage<Response> count(Request request, Invoker next) {
            attempts.add(1);
            CompletionStage<Response> attempt = next.attempt(request);
            if (attempt instanceof ResponseFuture future && future.recoverWith(this)) {
                return future;
            }
            return attempt.whenComplete((response, thrown) -> {
                if (thrown != null) {
                    failed(RpcException.from(thrown).code()).add(1);
                }
            });
        }

        @Override
        public CompletionStage<Response> recover(Request request, RpcException failure) {
            failed(failure.code()).add(1);
            return CompletableFuture.failedFuture(failure);
        }

        private Meters.Counter failed(Code code) {
            Meters.Counter known = failed.get(code.number());
            if (known == null) {
                known = meters.counter(
                        CallMeasures.ATTEMPTS_FAILED, CallNames.labels(service, method, CallNames.status(code)));
                failed.set(code.number(), known);
            }
            return known;
        }
    }
}
