package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.OutboundCall;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import org.jspecify.annotations.Nullable;

/**
 * One call from hand-over to answer: the mail to the I/O thread, the message to send and the entry in the table, all in
 * one object, because there is one for every call.
 *
 * <p>Written by the calling thread until it is put into the mailbox, by the I/O thread afterwards.
 */
final class PendingCall extends Mail implements Message, Runnable, Scratch.Body {
    /** Where a call stands; the I/O thread's. */
    enum State {
        /** Not yet seen by the I/O thread. */
        NEW,
        /** Has an id; no byte is sent, so no server knows of it. */
        QUEUED,
        /** Sent in part. */
        BEGUN,
        /** Sent; the answer is awaited. */
        SENT,
        /** Answered; its stream goes on. */
        STREAMING,
        /** Its caller is gone and the server was told; the id is kept until the server confirms. */
        ABANDONED,
        DONE
    }

    private static final byte[] EMPTY = new byte[0];

    final RequestHead head;
    final long startNanos;
    long sentNanos;
    State state = State.NEW;

    /** What arrives in fragments: the answer, an element of its stream, or the failure that ends it. */
    @Nullable
    Assembly<?> arriving;

    /** The stream of the answer, once that has come. */
    @Nullable
    StreamReader stream;

    /** Sends the stream of the request, if it has one. */
    @Nullable
    StreamWriter upload;

    /** Whether the deadline has been kept, though the call goes on. */
    boolean kept;

    private final ClientCalls calls;
    private final int serializer;
    private final boolean streamed;
    private @Nullable OutboundCall caller;
    private byte[] labels = EMPTY;
    private byte[] body = EMPTY;
    private int bodyLength;
    private int unpacked;
    private int id;
    private int method;
    private Cancellation.@Nullable Registration registration;

    PendingCall(ClientCalls calls, OutboundCall caller, RequestHead head, int serializer, long startNanos) {
        this.calls = calls;
        this.caller = caller;
        this.streamed = caller.streamed();
        this.head = head;
        this.serializer = serializer;
        this.startNanos = startNanos;
    }

    void labels(byte[] encoded) {
        labels = encoded;
    }

    /** Listens to the caller's cancellation. */
    void watch() {
        registration = head.cancellation().onCancel(this);
    }

    /** The caller's cancellation was raised. */
    @Override
    public void run() {
        calls.abandoned(this);
    }

    /** Whether its caller takes a streamed answer. */
    boolean takesStream() {
        return streamed;
    }

    /** The answer has come, and a stream follows. */
    void succeed(ResponseHead answered, WireInput result, StreamReader following) {
        OutboundCall waiting = caller;
        caller = null;
        body = EMPTY;
        stream = following;
        if (waiting != null) {
            waiting.answered(answered, result, following);
        }
    }

    /** After the stream, which told its reader: hears of no cancellation any more. */
    void over() {
        end();
    }

    void succeed(ResponseHead answered, WireInput result) {
        OutboundCall waiting = end();
        if (waiting != null) {
            waiting.answered(answered, result);
        }
    }

    void fail(RpcException why) {
        OutboundCall waiting = end();
        if (waiting != null) {
            waiting.failed(why);
        }
    }

    /** Who is to be told, if it was not told before. */
    private @Nullable OutboundCall end() {
        OutboundCall waiting = caller;
        caller = null;
        body = EMPTY;
        if (registration != null) {
            registration.close();
        }
        return waiting;
    }

    @Override
    public void body(byte[] bytes, int length, int unpacked) {
        body = bytes;
        bodyLength = length;
        this.unpacked = unpacked;
    }

    void id(int given) {
        id = given;
        if (upload != null) {
            upload.id(given);
        }
    }

    void method(int given) {
        method = given;
    }

    @Override
    void deliver() {
        calls.start(this);
    }

    @Override
    void undeliverable() {
        fail(calls.refusal());
    }

    @Override
    public boolean wanted() {
        return state == State.QUEUED || state == State.BEGUN;
    }

    @Override
    public int type() {
        return Frames.REQUEST;
    }

    @Override
    public int flags() {
        return (labels.length > 0 ? Frames.METADATA : 0)
                | (head.oneWay() ? Frames.ONE_WAY : 0)
                | (streamed ? Frames.STREAM : 0)
                | (unpacked > 0 ? Frames.COMPRESSED : 0);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public void writeHead(WireOutput out, long nowNanos) {
        out.writeVarInt(method);
        out.writeVarInt(serializer);
        out.writeVarLong(Heads.millis(head.deadline(), nowNanos));
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
    public void begun(long nowNanos) {
        state = State.BEGUN;
        sentNanos = nowNanos;
    }

    @Override
    public void written() {
        state = State.SENT;
        calls.sent(this);
    }
}
