package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireOutput;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one provider, in one object: the message that writes itself, what the connection calls back, and the
 * stage that the caller waits for.
 */
final class RemoteCall extends CompletableFuture<Response>
        implements Outbound<RequestHead>, BiConsumer<@Nullable Inbound<ResponseHead>, @Nullable Throwable> {
    private final RemoteInvoker node;
    private final ReferenceCodecs codecs;
    private final Request request;
    private final int stalePicks;
    private final long startNanos;

    RemoteCall(RemoteInvoker node, ReferenceCodecs codecs, Request request, int stalePicks) {
        this.stalePicks = stalePicks;
        this.node = node;
        this.codecs = codecs;
        this.request = request;
        this.startNanos = codecs.timer().nanoTime();
    }

    @Override
    public RequestHead head() {
        return new RequestHead(
                codecs.id(request.method()),
                codecs.contract().serializer(),
                request.deadline(),
                request.cancellation(),
                request.metadata(),
                request.method().oneWay(),
                "");
    }

    @Override
    public void writeTo(WireOutput body) {
        codecs.contract().arguments(request.method()).write(request.arguments(), body);
    }

    @Override
    public void accept(@Nullable Inbound<ResponseHead> response, @Nullable Throwable thrown) {
        long now = codecs.timer().nanoTime();
        node.ended(now - startNanos, now);
        if (response == null) {
            fail(RpcException.from(thrown == null ? new NullPointerException("response") : thrown));
        } else if (response.body().remaining() > ReferenceCodecs.LARGE) {
            decodeElsewhere(response);
        } else {
            decode(response);
        }
    }

    private void fail(RpcException failure) {
        boolean neverSent =
                failure.unprocessed() && (failure.code() == Code.DRAINING || failure.code() == Code.CONNECTION_LOST);
        if (!neverSent) {
            completeExceptionally(failure);
            return;
        }
        node.pickAgain(request, stalePicks, failure).whenComplete((response, thrown) -> {
            if (thrown != null) {
                completeExceptionally(RpcException.from(thrown));
            } else {
                complete(response);
            }
        });
    }

    private void decodeElsewhere(Inbound<ResponseHead> response) {
        try {
            codecs.callbacks().execute(() -> decode(response));
        } catch (RejectedExecutionException full) {
            decode(response);
        }
    }

    private void decode(Inbound<ResponseHead> response) {
        try {
            ResponseHead head = response.head();
            if (!head.ok()) {
                FailureMessage failure = FailureMessage.read(head, response.body());
                fail(codecs.contract().thrown().fromWire(failure.toException(), failure.fields()));
                return;
            }
            Object value = request.method().oneWay()
                    ? null
                    : codecs.contract().result(request.method()).read(response.body());
            complete(head.metadata().isEmpty() ? Response.of(value) : new Response(value, head.metadata()));
        } catch (Throwable unreadable) {
            RpcException why = RpcException.from(unreadable);
            completeExceptionally(RpcException.of(
                    why.code() == Code.INTERNAL ? Code.MALFORMED_DATA : why.code(),
                    "cannot read the answer of " + node.address() + " to " + request.method() + ": " + why.getMessage(),
                    why));
        }
    }
}
