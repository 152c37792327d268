package io.bowline.rpc.testkit;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireOutput;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A message for tests of transports: any head, and a body that is plain bytes.
 *
 * @param <H> {@link RequestHead} or {@link ResponseHead}
 */
public final class TransportMessage<H> implements Outbound<H> {
    private final H head;
    private final Consumer<WireOutput> body;
    private final Flow.@Nullable Publisher<Item> stream;

    private TransportMessage(H head, Consumer<WireOutput> body) {
        this(head, body, null);
    }

    private TransportMessage(H head, Consumer<WireOutput> body, Flow.@Nullable Publisher<Item> stream) {
        this.head = head;
        this.body = body;
        this.stream = stream;
    }

    /** A success without a body, which a stream follows. */
    public static TransportMessage<ResponseHead> streaming(Flow.Publisher<Item> stream) {
        return new TransportMessage<>(ResponseHead.OK, out -> {}, stream);
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

    @Override
    public Flow.@Nullable Publisher<Item> stream() {
        return stream;
    }
}
