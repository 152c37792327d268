package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireOutput;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on a server, from arrival to the last byte of its answer: the entry in the table, what the answer's stage
 * calls, the mail to the I/O thread and the message to send, in one object.
 *
 * <p>Written by the thread that completes the answer until it is handed back, by the I/O thread before and after.
 */
final class ServerCall extends Mail
        implements Message, Scratch.Body, BiConsumer<@Nullable Outbound<ResponseHead>, @Nullable Throwable> {
    private static final byte[] EMPTY = new byte[0];

    final boolean oneWay;
    final Cancellation cancellation;

    /** What has arrived in part: the request, an element of its stream, or the failure that ends it. */
    @Nullable
    Assembly<?> arriving;

    /** Whether all of the request is there. */
    boolean begun;

    /** The stream of the request, if its caller deals in streams. */
    @Nullable
    StreamReader upload;

    /** Sends the stream that follows the answer. */
    @Nullable
    StreamWriter stream;

    private final ServerCalls calls;
    private final int id;
    private volatile boolean dropped;
    private int flags;
    private int code;
    private byte[] labels = EMPTY;
    private byte[] body = EMPTY;
    private int bodyLength;
    private int unpacked;

    ServerCall(ServerCalls calls, int id, boolean oneWay, Cancellation cancellation) {
        this.calls = calls;
        this.id = id;
        this.oneWay = oneWay;
        this.cancellation = cancellation;
    }

    /** A call that is answered without ever having been begun, or that will hear nothing else. */
    static ServerCall refused(ServerCalls calls, int id, RpcException why) {
        ServerCall call = new ServerCall(calls, id, false, new Cancellation());
        call.encode(FailureMessage.of(why), Packer.UNBOUNDED, Integer.MAX_VALUE);
        return call;
    }

    /** Nobody waits for the answer any more. */
    void drop() {
        dropped = true;
        body = EMPTY;
        arriving = null;
        if (stream != null) {
            stream.discard();
        }
    }

    /** The answer, on whichever thread has it. */
    @Override
    public void accept(@Nullable Outbound<ResponseHead> answer, @Nullable Throwable thrown) {
        if (!oneWay && !dropped) {
            encodeAnswer(answer, thrown);
        } else if (answer != null) {
            follow(answer, true);
        }
        calls.answered(this);
    }

    private void encodeAnswer(@Nullable Outbound<ResponseHead> answer, @Nullable Throwable thrown) {
        Outbound<ResponseHead> told = answer == null || thrown != null ? failure(thrown) : answer;
        boolean written = false;
        try {
            encode(told, calls.packer(), calls.maxLabels());
            written = true;
        } catch (RuntimeException | Error unwritable) {
            encode(failure(unwritable), Packer.UNBOUNDED, Integer.MAX_VALUE);
        }
        follow(told, !written);
    }

    /** Takes the answer's stream, to send it or to end it. */
    private void follow(Outbound<ResponseHead> answer, boolean unwanted) {
        Flow.Publisher<Item> elements = answer.stream();
        if (elements == null) {
            return;
        }
        StreamWriter writer = calls.writer(this);
        if (unwanted) {
            writer.discard();
        } else {
            stream = writer;
            flags |= Frames.STREAM;
        }
        elements.subscribe(writer);
    }

    private static FailureMessage failure(@Nullable Throwable thrown) {
        return FailureMessage.of(
                thrown == null
                        ? RpcException.of(Code.INTERNAL, "the receiver answered with null")
                        : RpcException.from(thrown));
    }

    private void encode(Outbound<ResponseHead> answer, Packer packer, int maxLabels) {
        ResponseHead head = answer.head();
        byte[] encoded = Heads.metadata(head.metadata(), maxLabels);
        Code failed = head.code();
        Scratch.write(answer, failed == null ? packer : packer.plain(), this);
        labels = encoded;
        code = failed == null ? 0 : failed.number();
        flags = (failed == null ? 0 : Frames.FAILURE)
                | (failed != null && head.unprocessed() ? Frames.UNPROCESSED : 0)
                | (encoded.length == 0 ? 0 : Frames.METADATA)
                | (unpacked > 0 ? Frames.COMPRESSED : 0);
    }

    @Override
    public void body(byte[] bytes, int length, int unpacked) {
        body = bytes;
        bodyLength = length;
        this.unpacked = unpacked;
    }

    @Override
    void deliver() {
        calls.answer(this);
    }

    /** The connection has ended, and nobody waits for the answer. */
    @Override
    void undeliverable() {
        drop();
    }

    @Override
    public boolean wanted() {
        return !dropped;
    }

    @Override
    public int type() {
        return Frames.RESPONSE;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public void writeHead(WireOutput out, long nowNanos) {
        if (code != 0) {
            out.writeVarInt(code);
        }
        if (labels.length > 0) {
            out.writeVarInt(labels.length);
            out.write(labels);
        }
        calls.packer().writeHead(out, unpacked);
    }

    @Override
    public int labels() {
        return labels.length;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public int bodyLength() {
        return bodyLength;
    }

    @Override
    public void begun(long nowNanos) {}

    @Override
    public void written() {
        calls.written(this);
    }
}
