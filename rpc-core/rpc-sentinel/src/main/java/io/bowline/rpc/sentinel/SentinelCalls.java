package io.bowline.rpc.sentinel;

import com.alibaba.csp.sentinel.EntryType;
import com.alibaba.csp.sentinel.context.ContextUtil;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import io.bowline.rpc.Code;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.IoThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The calls at one invoker. Chains are made for one method, so names are made once and then kept.
 *
 * <p>On a server a call opens a context of Sentinel named after its method, with the caller as origin, and what the
 * service enters on its own thread while it is called belongs to it. Asynchronous entries leave an empty context on the
 * thread that made them; it is taken off again, since whoever enters one later on that thread would get this one.
 */
final class SentinelCalls implements Invoker {
    private final SentinelFilter filter;
    private final Invoker next;
    private final Origins origins;

    /** What was found for the newest method; replaced whole, and threads that race find the same. */
    private volatile @Nullable Resource found;

    SentinelCalls(SentinelFilter filter, Invoker next, Origins origins) {
        this.filter = filter;
        this.next = next;
        this.origins = origins;
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        try {
            return entered(filter.labelled(request), resource(request));
        } catch (BlockException kept) {
            return CompletableFuture.failedFuture(Refusal.of(request.method(), kept));
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(RpcException.from(thrown));
        }
    }

    private Resource resource(Request request) {
        Resource known = found;
        if (known == null || known.method() != request.method()) {
            known = filter.resource(request);
            found = known;
        }
        return known;
    }

    private CompletionStage<Response> entered(Request request, Resource resource) throws BlockException {
        if (IoThread.isCurrent() && Pacing.mayWait(resource)) {
            return CompletableFuture.failedFuture(RpcException.unprocessed(
                    Code.BLOCKING_CALL,
                    request.method() + " was not begun: a rule of Sentinel that paces calls would block the I/O thread "
                            + Thread.currentThread().getName()
                            + " (expected: no such rule, or a service method that is not @NonBlocking)"));
        }
        boolean own = ContextUtil.getContext() == null;
        if (own && filter.side() == EntryType.IN) {
            ContextUtil.enter(resource.name(), origins.bounded(filter.origin(request)));
        }
        try {
            return pass(request, resource.enter(request, filter));
        } finally {
            if (own) {
                ContextUtil.exit();
            }
        }
    }

    private CompletionStage<Response> pass(Request request, Passage passage) {
        if (request.cancellation().isCancelled()) {
            passage.run();
            return CompletableFuture.failedFuture(RpcException.unprocessed(
                    Code.CANCELLED, request.method() + " was not begun: its caller cancelled it while it waited"));
        }
        // The stage that is seen ends after the resources were left, so that who goes on from an answer finds room.
        CompletionStage<Response> told = next.attempt(request).whenComplete(passage);
        passage.endWith(request.cancellation());
        return told;
    }
}
