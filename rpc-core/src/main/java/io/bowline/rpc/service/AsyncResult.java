package io.bowline.rpc.service;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The future that an asynchronous method returns. What is attached to it runs on the client's callback executor, never
 * on an I/O thread; cancelling it cancels the call.
 */
final class AsyncResult extends CompletableFuture<@Nullable Object>
        implements Runnable, BiConsumer<@Nullable Response, @Nullable Throwable> {
    private final Cancellation cancellation;
    private final Cancellation.@Nullable Registration inherited;
    private final Executor callbacks;

    /** Written by the thread that ends the call, before it hands over to the executor. */
    private @Nullable Response response;

    private @Nullable Throwable failure;

    AsyncResult(Cancellation cancellation, Cancellation.@Nullable Registration inherited, Executor callbacks) {
        this.cancellation = cancellation;
        this.inherited = inherited;
        this.callbacks = callbacks;
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
            callbacks.execute(this);
        } catch (RejectedExecutionException full) {
            run();
        }
    }

    @Override
    public void run() {
        if (failure != null) {
            RpcException known = RpcException.from(failure);
            Throwable cause = known.getCause();
            completeExceptionally(known.code() == Code.APPLICATION && cause != null ? cause : known);
        } else {
            complete(response == null ? null : response.value());
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            cancellation.cancel();
        }
        return cancelled;
    }

    /** Dependents are plain futures: cancelling one of them does not cancel the call. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
