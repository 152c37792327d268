package io.bowline.rpc.resilience4j;

import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls at one invoker, each behind its method's guard. Chains are made for one method, so a guard is looked up once
 * and then kept. The stage that a caller sees ends after the guard was told: a caller who goes on from an answer finds
 * the permission of that call given back.
 */
final class GuardedCalls implements Invoker {
    private final Invoker next;
    private final Function<RpcMethod, @Nullable Guard> guards;

    /** What was found for the newest method; replaced whole, and threads that race find the same. */
    private volatile @Nullable Found found;

    private record Found(RpcMethod method, @Nullable Guard guard) {}

    GuardedCalls(Invoker next, Function<RpcMethod, @Nullable Guard> guards) {
        this.next = next;
        this.guards = guards;
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        try {
            Guard guard = guard(request.method());
            return guard == null ? next.invoke(request) : invoke(request, guard);
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(RpcException.from(thrown));
        }
    }

    private @Nullable Guard guard(RpcMethod method) {
        Found known = found;
        if (known == null || known.method != method) {
            known = new Found(method, guards.apply(method));
            found = known;
        }
        return known.guard;
    }

    private CompletionStage<Response> invoke(Request request, Guard guard) {
        RpcException refusal = guard.enter(request.method());
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        Passage passage = new Passage(guard, guard.clock());
        CompletionStage<Response> told = next.attempt(request).whenComplete(passage);
        passage.endWith(request.cancellation());
        return told;
    }
}
