package io.bowline.rpc.service;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.CallListener;
import io.bowline.rpc.CallRecord;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.ResponseFuture;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a caller's thread enters the engine for one method: it makes the {@link Request}, and hands the result over in
 * the way that the caller asked for. Thread-safe.
 *
 * <p>This is the only place that blocks. It waits a little longer than the deadline, so that a filter or a plug-in
 * that never ends a call cannot hold its caller.
 */
public final class Door {
    private static final StackTraceElement BOUNDARY =
            new StackTraceElement("--- remote above, caller below ---", "", null, -1);
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final RpcMethod method;
    private final Surroundings surroundings;
    private final Reports reports;
    private volatile Way way;

    /**
     * What all doors of a client share.
     *
     * @param timer the clock
     * @param callbacks runs what callers attach to asynchronous results, so that no I/O thread does
     * @param blockingForbidden whether the current thread must not wait
     * @param listener hears how calls went; null if nobody wants to
     */
    public record Surroundings(
            Timer timer,
            Executor callbacks,
            java.util.function.BooleanSupplier blockingForbidden,
            @Nullable CallListener listener) {}

    /**
     * Where calls go from here.
     *
     * @param invoker the rooms behind the door
     * @param timeout how long a call may take
     * @param timeoutOrigin who set that
     * @param wholeStream whether that is for the whole of a streamed answer, rather than for its first element
     * @param explainer knows what else there is to know of calls
     */
    public record Way(
            Invoker invoker, Duration timeout, String timeoutOrigin, boolean wholeStream, Explainer explainer) {}

    public Door(RpcMethod method, Way way, Surroundings surroundings) {
        this.method = method;
        this.way = way;
        this.surroundings = surroundings;
        reports = new Reports(surroundings.timer(), surroundings.listener());
    }

    /** Has calls go another way from now on; those under way go on. */
    public void change(Way way) {
        this.way = way;
    }

    /** Calls and waits; throws the service's exception itself where its type is part of the contract. */
    @Nullable
    Object call(@Nullable Object[] arguments) throws Throwable {
        if (surroundings.blockingForbidden().getAsBoolean()) {
            throw RpcException.unprocessed(
                    Code.BLOCKING_CALL,
                    "a synchronous call of " + method + " on the I/O thread "
                            + Thread.currentThread().getName()
                            + " would stall every connection of that thread; call a method that returns a"
                            + " CompletableFuture, or do not mark the calling service method @NonBlocking");
        }
        Cancellation cancellation = new Cancellation();
        CallContext context = CallContext.current();
        Way now = way;
        long start = surroundings.timer().nanoTime();
        Request request = request(arguments, now, start, cancellation, context);
        Cancellation.Registration inherited = inherit(cancellation, context);
        try {
            Response response = await(request, now.invoker.invoke(request));
            received(context, response);
            if (request.recorded() != null) {
                reports.answered(now, request, start);
            }
            return response.value();
        } catch (RpcException failure) {
            throw asSeenByCaller(reports.failed(now, request, start, failure));
        } finally {
            if (inherited != null) {
                inherited.close();
            }
        }
    }

    /** Calls and waits, where no contract declares checked exceptions: one arrives as the failure that carries it. */
    public @Nullable Object callUnchecked(@Nullable Object[] arguments) {
        try {
            return call(arguments);
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable checked) {
            throw RpcException.application(checked, null);
        }
    }

    private Response await(Request request, CompletionStage<Response> stage) {
        try {
            long left = request.deadline().remainingNanos(surroundings.timer().nanoTime());
            long patience = Math.max(left, 0) + GRACE_NANOS;
            if (stage instanceof ResponseFuture attempt) {
                attempt.await(patience);
                return attempt.get();
            }
            return stage.toCompletableFuture().get(patience, TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw RpcException.from(failed);
        } catch (InterruptedException interrupted) {
            request.cancellation().cancel();
            Thread.currentThread().interrupt();
            throw RpcException.of(
                    Code.CANCELLED, "the thread that called " + method + " was interrupted while waiting", interrupted);
        } catch (TimeoutException late) {
            request.cancellation().cancel();
            throw RpcException.of(
                    Code.DEADLINE_EXCEEDED,
                    "no answer from " + method + " within " + request.deadline()
                            + ", and something on the way, a filter perhaps, did not end the call either",
                    late);
        }
    }

    /** Calls and returns at once. Cancelling the future cancels the call. */
    public CompletableFuture<@Nullable Object> callAsync(@Nullable Object[] arguments) {
        Cancellation cancellation = new Cancellation();
        CallContext context = CallContext.current();
        Way now = way;
        long start = surroundings.timer().nanoTime();
        Request request = request(arguments, now, start, cancellation, context);
        AsyncResult result = new AsyncResult(this, now, request, start, context, inherit(cancellation, context));
        CompletionStage<Response> stage = now.invoker.invoke(request);
        if (stage instanceof ResponseFuture attempt) {
            attempt.onEnd(result);
        } else {
            stage.whenComplete(result);
        }
        return result;
    }

    /** Makes the call of one subscription. */
    void stream(@Nullable Object[] arguments, StreamedCall call) {
        Cancellation cancellation = new Cancellation();
        CallContext context = CallContext.current();
        Way now = way;
        long start = surroundings.timer().nanoTime();
        Request request = request(arguments, now, start, cancellation, context);
        call.begins(now, request, start, context, inherit(cancellation, context));
        now.invoker.invoke(request).whenComplete(call);
    }

    /** What an asynchronous result is completed with when the call has failed. */
    Throwable failed(Way way, Request request, long start, RpcException thrown) {
        RpcException failure = reports.failed(way, request, start, thrown);
        Throwable cause = failure.getCause();
        return failure.code() == Code.APPLICATION && cause != null ? cause : failure;
    }

    /** Tells whoever wants to know the labels of an answer. */
    void received(CallContext context, Response response) {
        Consumer<? super Metadata> receiver = context.receiver();
        if (receiver != null) {
            reports.received(receiver, method, response.metadata());
        }
    }

    /** A recorded call was answered. */
    void answered(Way way, Request request, long start) {
        reports.answered(way, request, start);
    }

    Executor callbacks() {
        return surroundings.callbacks();
    }

    /** Runs the task when the request's time is over. */
    Cancellation.Registration atDeadline(Request request, Runnable task) {
        Timer timer = surroundings.timer();
        return timer.schedule(Duration.ofNanos(request.deadline().remainingNanos(timer.nanoTime())), task);
    }

    private Request request(
            @Nullable Object[] arguments, Way now, long start, Cancellation cancellation, CallContext context) {
        Deadline own = Deadline.after(now.timeout, start, now.timeoutOrigin);
        Deadline inherited = context.deadline();
        Deadline deadline = inherited == null ? own : own.earlier(inherited);
        CallRecord recorded = reports.recorded(method, context);
        Metadata labels = recorded == null ? context.outgoing() : recorded.askServer(context.outgoing());
        return new Request(method, arguments, labels, deadline, cancellation, "", recorded);
    }

    /** A call made in a handler ends when the handler's own call is cancelled. */
    private static Cancellation.@Nullable Registration inherit(Cancellation cancellation, CallContext context) {
        Cancellation outer = context.cancellation();
        return outer == null ? null : outer.onCancel(cancellation::cancel);
    }

    /** The service's own exception, or the failure, with the caller's stack below the provider's. */
    private static Throwable asSeenByCaller(RpcException failure) {
        Throwable cause = failure.getCause();
        if (failure.code() != Code.APPLICATION || cause == null) {
            return failure;
        }
        // Whoever shares an answer shares its exception, which has had another caller's stack then.
        StackTraceElement[] remote = Arrays.stream(cause.getStackTrace())
                .takeWhile(frame -> !frame.equals(BOUNDARY))
                .toArray(StackTraceElement[]::new);
        StackTraceElement[] local = new Throwable().getStackTrace();
        StackTraceElement[] both = new StackTraceElement[remote.length + 1 + local.length];
        System.arraycopy(remote, 0, both, 0, remote.length);
        both[remote.length] = BOUNDARY;
        System.arraycopy(local, 0, both, remote.length + 1, local.length);
        cause.setStackTrace(both);
        return cause;
    }

    RpcMethod method() {
        return method;
    }
}
