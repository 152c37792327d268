package io.bowline.rpc.client;

import io.bowline.rpc.Attempt;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.ResponseFuture;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.filter.LoadReportFilter;
import io.bowline.rpc.service.ThrownCodec;
import io.bowline.rpc.stream.ReadStream;
import io.bowline.rpc.stream.WrittenStream;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.OutboundCall;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one provider, in one object: the message that writes itself, what the connection calls back, and the
 * stage that the caller waits for. A failure tells of the attempt; nothing is noted of one that is answered.
 */
class RemoteCall extends ResponseFuture implements OutboundCall {
    private final RemoteInvoker node;
    private final ReferenceCodecs codecs;
    private final int stalePicks;
    private final @Nullable Gate gate;
    private final long startNanos;

    /** @param gate what let the call in and wants to hear how it ended */
    RemoteCall(RemoteInvoker node, ReferenceCodecs codecs, Request request, int stalePicks, @Nullable Gate gate) {
        super(request);
        this.node = node;
        this.codecs = codecs;
        this.stalePicks = stalePicks;
        this.gate = gate;
        this.startNanos = codecs.timer().nanoTime();
    }

    @Override
    public RequestHead head() {
        return new RequestHead(
                codecs.id(request().method()),
                codecs.contract().serializer(),
                request().deadline(),
                request().cancellation(),
                request().metadata(),
                request().method().oneWay(),
                "");
    }

    @Override
    public void writeTo(WireOutput body) {
        codecs.contract().arguments(request().method()).write(request().arguments(), body);
    }

    @Override
    public void answered(ResponseHead head, WireInput body) {
        long now = codecs.timer().nanoTime();
        ended(head.code(), head.unprocessed(), now);
        if (!head.metadata().isEmpty()) {
            String load = head.metadata().get(LoadReportFilter.LABEL);
            if (load != null) {
                node.reported(load, now);
            }
        }
        if (body.remaining() > ReferenceCodecs.LARGE) {
            decodeElsewhere(head, body);
        } else {
            decode(head, body);
        }
    }

    @Override
    public boolean streamed() {
        return request().method().streams();
    }

    /** The argument that is a stream; what publishes it is asked on callback threads. */
    @Override
    public Flow.@Nullable Publisher<Item> stream() {
        RpcMethod method = request().method();
        if (method.streamParameter() < 0) {
            return null;
        }
        ThrownCodec thrown = codecs.contract().thrown();
        return new WrittenStream(
                (Flow.Publisher<?>) Objects.requireNonNull(request().arguments()[method.streamParameter()]),
                codecs.contract().streamed(method),
                failure -> WrittenStream.message(failure, thrown, "the caller"),
                codecs.callbacks(),
                CallContext.NONE,
                () -> {});
    }

    @Override
    public void answered(ResponseHead head, WireInput body, Flow.Publisher<WireInput> stream) {
        ended(head.code(), head.unprocessed(), codecs.timer().nanoTime());
        won(new Response(
                new ReadStream(
                        stream,
                        codecs.contract().element(request().method()),
                        told -> codecs.contract().thrown().fromWire(told.toException(), told.fields()),
                        codecs.callbacks(),
                        "the answer to " + request().method()),
                head.metadata()));
    }

    @Override
    public void failed(RpcException why) {
        ended(why.code(), why.unprocessed(), codecs.timer().nanoTime());
        settle(why);
    }

    /** Whatever went wrong: a call that no server began because this one was leaving is picked again. */
    private void settle(RpcException why) {
        boolean neverSent = why.unprocessed() && (why.code() == Code.DRAINING || why.code() == Code.CONNECTION_LOST);
        if (!neverSent) {
            lost(why);
            return;
        }
        node.pickAgain(request(), stalePicks, why).whenComplete((response, thrown) -> {
            if (thrown == null) {
                complete(response);
            } else {
                fail(RpcException.from(thrown));
            }
        });
    }

    private void ended(@Nullable Code failure, boolean unprocessed, long now) {
        long took = now - startNanos;
        if (failure == null) {
            node.answered(took, now);
        } else {
            node.failed(failure, unprocessed, took, now);
        }
        if (gate != null) {
            gate.left(took, now, failure);
        }
    }

    private void decodeElsewhere(ResponseHead head, WireInput body) {
        try {
            codecs.callbacks().execute(() -> decode(head, body));
        } catch (RejectedExecutionException full) {
            decode(head, body);
        }
    }

    private void decode(ResponseHead head, WireInput body) {
        RpcMethod method = request().method();
        Response response;
        try {
            if (!head.ok()) {
                FailureMessage failure = FailureMessage.read(head, body);
                settle(codecs.contract().thrown().fromWire(failure.toException(), failure.fields()));
                return;
            }
            Object value =
                    method.oneWay() ? null : codecs.contract().result(method).read(body);
            response = head.metadata().isEmpty() ? Response.of(value) : new Response(value, head.metadata());
        } catch (Throwable unreadable) {
            RpcException why = RpcException.from(unreadable);
            node.blame(codecs.timer().nanoTime());
            lost(RpcException.of(
                    why.code() == Code.INTERNAL ? Code.MALFORMED_DATA : why.code(),
                    "cannot read the answer of " + node.address() + " to " + method + ": " + why.getMessage(),
                    why));
            return;
        }
        won(response);
    }

    /** The provider has answered. */
    void won(Response response) {
        complete(response);
    }

    /** It has failed here, and is not picked again for nothing. */
    private void lost(RpcException why) {
        fail(why.at(attempt(why)));
    }

    /** How it went; asked once, when it has ended. */
    Attempt attempt(@Nullable RpcException why) {
        return new Attempt(node.address(), startNanos, now() - startNanos, List.of(), why);
    }

    final long now() {
        return codecs.timer().nanoTime();
    }
}
