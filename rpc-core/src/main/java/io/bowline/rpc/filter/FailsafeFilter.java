package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with nothing where a call failed; see {@link FailsafePolicy}. Of one method. */
public final class FailsafeFilter implements Filter {
    private static final Logger log = LoggerFactory.getLogger(FailsafeFilter.class);

    private final FailsafePolicy policy;
    private final RpcMethod method;
    private final Response nothing;

    /** What was last logged; two threads that find it old both log. */
    private volatile boolean failing;

    public FailsafeFilter(FailsafePolicy policy, RpcMethod method) {
        this.policy = policy;
        this.method = method;
        this.nothing = Nothing.of(method);
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return next.invoke(request)
                .thenApply(this::answered)
                .exceptionallyCompose(thrown -> failed(RpcException.from(thrown)));
    }

    private Response answered(Response response) {
        if (failing) {
            failing = false;
            log.info("{} answers again", method);
        }
        return response;
    }

    private CompletionStage<Response> failed(RpcException failure) {
        if (failure.code() == Code.CANCELLED) {
            return CompletableFuture.failedFuture(failure);
        }
        if (!failing) {
            failing = true;
            log.warn("{} fails, and its callers are answered with nothing: {}", method, failure.getMessage());
        }
        policy.failures().accept(failure);
        return CompletableFuture.completedFuture(nothing);
    }
}
