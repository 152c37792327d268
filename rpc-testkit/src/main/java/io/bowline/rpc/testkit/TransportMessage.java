package io.bowline.rpc.testkit;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireOutput;
import java.util.function.Consumer;

/**
 * A message for tests of transports: any head, and a body that is plain bytes.
 *
 * @param <H> {@link RequestHead} or {@link ResponseHead}
 */
public final class TransportMessage<H> implements Outbound<H> {
    private final H head;
    private final Consumer<WireOutput> body;

    private TransportMessage(H head, Consumer<WireOutput> body) {
        this.head = head;
        this.body = body;
    }

    /** A message with these bytes. */
    public static <H> TransportMessage<H> of(H head, byte[] bytes) {
        return new TransportMessage<>(head, out -> out.write(bytes));
    }

    /** A success with these bytes. */
    public static TransportMessage<ResponseHead> ok(byte[] bytes) {
        return of(ResponseHead.OK, bytes);
    }

    /** A message whose body fails after some bytes were written. */
    public static <H> TransportMessage<H> unwritable(H head, RpcException why) {
        return new TransportMessage<>(head, out -> {
            out.writeInt(1);
            throw why;
        });
    }

    @Override
    public H head() {
        return head;
    }

    @Override
    public void writeTo(WireOutput out) {
        body.accept(out);
    }
}
