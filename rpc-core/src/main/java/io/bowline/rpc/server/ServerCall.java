package io.bowline.rpc.server;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.service.ContractCodecs;
import io.bowline.rpc.stream.ReadStream;
import io.bowline.rpc.stream.WrittenStream;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireOutput;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One call on the server, in one object: the task that runs it, the stage that the transport waits for, and the response
 * that writes itself. It decodes and runs on the thread that executes it; its stage completes on whichever thread the
 * service ends it.
 */
final class ServerCall extends CompletableFuture<Outbound<ResponseHead>> implements Runnable, Outbound<ResponseHead> {
    private static final AtomicIntegerFieldUpdater<ServerCall> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(ServerCall.class, "ended");

    private final ServerMethod method;
    private final ContractCodecs codecs;
    private final Inbound<RequestHead> message;
    private final Dispatcher dispatcher;

    /** 1 once the call has ended; written through {@link #ENDED}. */
    @SuppressWarnings("UnusedVariable") // The updater reads and writes it.
    private volatile int ended;

    /** Set before the stage completes. */
    private @Nullable Response response;

    ServerCall(ServerMethod method, ContractCodecs codecs, Inbound<RequestHead> message, Dispatcher dispatcher) {
        this.method = method;
        this.codecs = codecs;
        this.message = message;
        this.dispatcher = dispatcher;
    }

    @Override
    public void run() {
        @Nullable Object[] arguments;
        try {
            arguments = (@Nullable Object[])
                    Objects.requireNonNull(codecs.arguments(method.rpc()).read(message.body()));
        } catch (Throwable thrown) {
            // What cannot be read never reaches the service, so the call is certainly not begun.
            RpcException why = RpcException.from(thrown);
            RpcException refusal = RpcException.unprocessed(
                    why.code(), "cannot read the arguments of " + method.rpc() + ": " + why.getMessage(), why);
            dispatcher.unreadable(method.rpc(), message.head(), refusal);
            ended(null, refusal);
            return;
        }
        if (method.rpc().streamParameter() >= 0) {
            arguments[method.rpc().streamParameter()] = new ReadStream(
                    Objects.requireNonNull(message.stream()),
                    codecs.streamed(method.rpc()),
                    this::callersFailure,
                    streamContext().wrap(executor()),
                    "the argument of " + method.rpc());
        }
        RequestHead head = message.head();
        Request request = new Request(
                method.rpc(), arguments, head.metadata(), head.deadline(), head.cancellation(), head.peer());
        try {
            follow(method.invoker().invoke(request));
        } catch (Throwable thrown) { // An invoker does not throw; a stage that somebody else made might.
            ended(null, thrown);
        }
        if (!isDone()) {
            // The service works on without this thread. Once nobody waits, a stage that never ends must not keep its
            // place.
            head.cancellation().onCancel(this::abandoned);
        }
    }

    private void follow(CompletionStage<Response> stage) {
        CompletableFuture<Response> future = stage.toCompletableFuture(); // itself, as a rule; some stages hide theirs
        if (future.isDone() && !future.isCompletedExceptionally()) {
            ended(future.join(), null);
        } else {
            stage.whenComplete(this::ended);
        }
    }

    private void abandoned() {
        ended(null, RpcException.of(Code.CANCELLED, "the caller of " + method.rpc() + " no longer waits"));
    }

    /** Counts once: what comes after the first end changes nothing. */
    private void ended(@Nullable Response response, @Nullable Throwable thrown) {
        Outbound<ResponseHead> answer = this;
        boolean streams = false;
        if (thrown == null && response != null && method.rpc().streamsResult()) {
            this.response = response;
            streams = response.value() instanceof Flow.Publisher<?>;
            if (!streams) {
                answer = failure(RpcException.application(
                        new NullPointerException(method.rpc() + " returned null (expected: a Flow.Publisher)"), null));
            }
        } else if (thrown == null && response != null) {
            this.response = response;
        } else {
            answer = failure(RpcException.from(thrown == null ? new NullPointerException("no response") : thrown));
        }
        if (ENDED.compareAndSet(this, 0, 1)) {
            if (!streams) {
                dispatcher.ended();
            }
            complete(answer);
        }
    }

    private FailureMessage failure(RpcException failure) {
        return WrittenStream.message(failure, codecs.thrown(), dispatcher.server());
    }

    @Override
    public ResponseHead head() {
        return response == null || response.metadata().isEmpty()
                ? ResponseHead.OK
                : new ResponseHead(null, false, response.metadata());
    }

    /** Asked for once. The call keeps its place until the stream has ended. */
    @Override
    public Flow.@Nullable Publisher<Item> stream() {
        if (response == null || !method.rpc().streamsResult()) {
            return null;
        }
        WrittenStream stream = new WrittenStream(
                (Flow.Publisher<?>) Objects.requireNonNull(response.value()),
                codecs.element(method.rpc()),
                this::failure,
                executor(),
                streamContext(),
                dispatcher::ended);
        message.head().cancellation().onCancel(stream::over);
        return stream;
    }

    /** What a caller's publisher failed with: its exception itself, where the contract knows the type. */
    private Throwable callersFailure(FailureMessage told) {
        RpcException failure = codecs.thrown().fromWire(told.toException(), told.fields());
        Throwable cause = failure.getCause();
        return failure.code() == Code.APPLICATION && cause != null ? cause : failure;
    }

    private Executor executor() {
        Executor own = method.executor();
        return own == null ? dispatcher.handlers() : own;
    }

    /** What publishers and subscribers of the service run in: the call's, without the deadline that an answer has kept. */
    private CallContext streamContext() {
        RequestHead head = message.head();
        Deadline deadline = method.rpc().streamsResult() ? null : head.deadline();
        return new CallContext(head.metadata(), head.metadata().baggage(), deadline, head.cancellation(), head.peer());
    }

    @Override
    public void writeTo(WireOutput body) {
        if (method.rpc().streamsResult()) {
            return;
        }
        codecs.result(method.rpc()).write(response == null ? null : response.value(), body);
    }
}
