package io.bowline.rpc.service;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The future that an asynchronous method returns. What is attached to it runs on the client's callback executor, never
 * on an I/O thread; cancelling it cancels the call.
 */
final class AsyncResult extends CompletableFuture<@Nullable Object>
        implements Runnable, BiConsumer<@Nullable Response, @Nullable Throwable> {
    private final Door door;
    private final Door.Way way;
    private final Request request;
    private final long start;
    private final CallContext context;
    private final Cancellation.@Nullable Registration inherited;

    /** Written by the thread that ends the call, before it hands over to the executor. */
    private @Nullable Response response;

    private @Nullable Throwable failure;

    AsyncResult(
            Door door,
            Door.Way way,
            Request request,
            long start,
            CallContext context,
            Cancellation.@Nullable Registration inherited) {
        this.door = door;
        this.way = way;
        this.request = request;
        this.start = start;
        this.context = context;
        this.inherited = inherited;
    }

    /** The call has ended, on an I/O thread. */
    @Override
    public void accept(@Nullable Response response, @Nullable Throwable failure) {
        if (inherited != null) {
            inherited.close();
        }
        this.response = response;
        this.failure = failure;
        try {
            door.callbacks().execute(this);
        } catch (RejectedExecutionException full) {
            run();
        }
    }

    /** In the caller's context, and so does what is attached. */
    @Override
    public void run() {
        if (context == CallContext.NONE) {
            end();
        } else {
            context.run(this::end);
        }
    }

    private void end() {
        if (failure != null) {
            completeExceptionally(door.failed(way, request, start, RpcException.from(failure)));
            return;
        }
        if (request.recorded() != null) {
            door.answered(way, request, start);
        }
        if (response != null) {
            door.received(context, response);
        }
        complete(response == null ? null : response.value());
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            request.cancellation().cancel();
        }
        return cancelled;
    }

    /** Dependents are plain futures: cancelling one of them does not cancel the call. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
