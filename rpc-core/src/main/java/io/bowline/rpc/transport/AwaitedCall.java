package io.bowline.rpc.transport;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.concurrent.CompletableFuture;

/** A call as a future: whoever completes it from outside, be it by cancelling or by a time-out, cancels the call. */
final class AwaitedCall extends CompletableFuture<Inbound<ResponseHead>> implements OutboundCall {
    private final Outbound<RequestHead> request;
    private final RequestHead head;
    private final Cancellation cancellation = new Cancellation();
    private final Cancellation.Registration inherited;

    AwaitedCall(Outbound<RequestHead> request) {
        this.request = request;
        RequestHead asked = request.head();
        head = new RequestHead(
                asked.method(),
                asked.serializer(),
                asked.deadline(),
                cancellation,
                asked.metadata(),
                asked.oneWay(),
                asked.peer());
        inherited = asked.cancellation().onCancel(cancellation::cancel);
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void writeTo(WireOutput body) {
        request.writeTo(body);
    }

    @Override
    public void answered(ResponseHead head, WireInput body) {
        inherited.close();
        WireInput kept = body.remaining() > OWN ? body : new WireInput(body.readBytes(body.remaining()));
        super.complete(new Inbound<>(head, kept));
    }

    @Override
    public void failed(RpcException why) {
        inherited.close();
        super.completeExceptionally(why);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return ended(super.cancel(mayInterruptIfRunning));
    }

    @Override
    public boolean complete(Inbound<ResponseHead> value) {
        return ended(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        return ended(super.completeExceptionally(thrown));
    }

    private boolean ended(boolean byThis) {
        if (byThis) {
            cancellation.cancel();
        }
        return byThis;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
