package io.bowline.rpc.server;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.service.ContractCodecs;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a request enters the server. It decides on the head alone whether the call is taken; only then is the body
 * decoded, on the thread that runs the service. What is refused here was certainly not begun.
 */
final class Dispatcher implements Receiver {
    private final MethodTable methods;
    private final Set<String> serializers;
    private final Executor handlers;
    private final int maxConcurrentCalls;
    private final String server;
    private final Refusals refusals;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * @param server how this server calls itself in messages
     * @param refusals who is shown what is refused here
     */
    Dispatcher(
            MethodTable methods,
            Set<String> serializers,
            Executor handlers,
            int maxConcurrentCalls,
            String server,
            Refusals refusals) {
        this.methods = methods;
        this.serializers = serializers;
        this.handlers = handlers;
        this.maxConcurrentCalls = maxConcurrentCalls;
        this.server = server;
        this.refusals = refusals;
    }

    @Override
    public Set<String> serializers() {
        return serializers;
    }

    @Override
    public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> message) {
        RequestHead head = message.head();
        ServerMethod method = methods.find(head.method());
        if (method == null) {
            RpcException notFound = methods.notFound(head.method(), server);
            refusals.unknown(head, notFound);
            return CompletableFuture.completedFuture(FailureMessage.of(notFound));
        }
        ContractCodecs codecs = method.codecs(head.serializer());
        if (codecs == null) {
            return refused(
                    method,
                    head,
                    RpcException.unprocessed(
                            Code.SERIALIZER_NOT_ACCEPTED,
                            server + " does not accept serializer '" + head.serializer() + "' for "
                                    + head.method().service() + " (expected: one of "
                                    + method.codecs().stream()
                                            .map(ContractCodecs::serializer)
                                            .toList() + ")"));
        }
        if (method.rpc().streams() && message.stream() == null) {
            return refused(
                    method,
                    head,
                    RpcException.unprocessed(
                            Code.PROTOCOL_ERROR,
                            method.rpc() + " has a stream, which the caller or its connection does not take"));
        }
        if (running.incrementAndGet() > maxConcurrentCalls) {
            running.decrementAndGet();
            return refused(
                    method, head, overloaded("runs " + maxConcurrentCalls + " calls, its limit (maxConcurrentCalls)"));
        }
        ServerCall call = new ServerCall(method, codecs, message, this);
        if (method.nonBlocking()) {
            call.run();
            return call;
        }
        Executor own = method.executor();
        try {
            (own == null ? handlers : own).execute(call);
            return call;
        } catch (RejectedExecutionException full) {
            ended();
            return refused(method, head, overloaded("has no free handler thread and its queue is full"));
        }
    }

    /** A call that was admitted was refused nevertheless, since its arguments cannot be read. */
    void unreadable(RpcMethod method, RequestHead head, RpcException why) {
        refusals.refused(method, head, why);
    }

    /** A call that was admitted has ended. */
    void ended() {
        running.decrementAndGet();
    }

    /** Who runs services that have no executor of their own. */
    Executor handlers() {
        return handlers;
    }

    int running() {
        return running.get();
    }

    String server() {
        return server;
    }

    private RpcException overloaded(String why) {
        return RpcException.unprocessed(
                Code.OVERLOADED, server + " " + why + "; the call was not begun and may be tried elsewhere");
    }

    private CompletionStage<Outbound<ResponseHead>> refused(ServerMethod method, RequestHead head, RpcException why) {
        refusals.refused(method.rpc(), head, why);
        return CompletableFuture.completedFuture(FailureMessage.of(why));
    }
}
