package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireInput;
import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a client's connection, from the mailbox to the answer. The I/O thread's, unless said otherwise.
 *
 * <p>Every request that was sent is answered exactly once, a cancelled one included: so a call's id is free when its
 * answer has come, and never before.
 */
final class ClientCalls {
    private static final byte[] NOTHING = new byte[0];

    private final Address address;
    private final NettyOptions options;
    private final NettyLimits limits;
    private final Packer packer;
    private final Wire wire;
    private final CallTable table;
    private final Expiry expiry;
    private final Supplier<RpcException> refusal;
    private final MethodIds.Giver methods;
    private long assembling;
    private boolean refusing;

    /** @param refusal why calls are refused, once {@link #refuse} was called */
    ClientCalls(
            Address address,
            NettyOptions options,
            Hello server,
            Wire wire,
            EventLoop loop,
            Supplier<RpcException> refusal) {
        this.address = address;
        this.options = options;
        this.limits = options.limits();
        this.packer = Packer.agreed(options, server);
        this.wire = wire;
        this.refusal = refusal;
        this.table = new CallTable(Math.min(limits.maxCalls(), server.maxCalls()));
        this.methods = new MethodIds.Giver(server.maxMethods());
        this.expiry = new Expiry(loop, this::sweep);
    }

    /** From any thread: sends the call. */
    void put(PendingCall call) {
        wire.mailbox().put(call);
    }

    /** From any thread: writes bodies for the server. */
    Packer packer() {
        return packer;
    }

    /** From any thread: what sends the stream of a request. */
    StreamWriter upload(Flow.Publisher<Item> elements) {
        return new StreamWriter(wire, 0, Frames.UPLOAD, packer, elements);
    }

    /** From any thread: the caller waits no more. */
    void abandoned(PendingCall call) {
        wire.mailbox().put(new Errand(() -> abandon(call, this::cancelled)));
    }

    /** From any thread. */
    RpcException refusal() {
        return refusal.get();
    }

    boolean isEmpty() {
        return table.size() == 0;
    }

    /** From any thread: asks how many calls have an id. */
    CompletionStage<Integer> count() {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        wire.mailbox().put(new Errand(() -> count.complete(table.size())));
        return count;
    }

    /** No call is begun from now on. */
    void refuse() {
        refusing = true;
    }

    void start(PendingCall call) {
        if (call.state == PendingCall.State.DONE) {
            return; // It was cancelled before it came here.
        }
        RpcException refused = reasonNotToStart(call);
        if (refused != null) {
            call.state = PendingCall.State.DONE;
            call.fail(refused);
            return;
        }
        call.state = PendingCall.State.QUEUED;
        wire.send(call);
        expiry.expect(call.head.deadline().atNanos());
    }

    private @Nullable RpcException reasonNotToStart(PendingCall call) {
        if (refusing) {
            return refusal.get();
        }
        if (!wire.outbox().hasRoom(call.bodyLength(), limits.maxBuffered())) {
            return RpcException.unprocessed(
                    Code.OVERLOADED,
                    wire.outbox().queued() + " bytes wait to be sent to " + address + " and " + call.bodyLength()
                            + " more came (expected: at most " + limits.maxBuffered() + ")");
        }
        try {
            call.method(methods.of(call.head.method(), wire));
        } catch (RpcException noNumber) {
            return noNumber;
        }
        return table.add(call)
                ? null
                : RpcException.unprocessed(
                        Code.OVERLOADED,
                        table.size() + " calls are in flight to " + address + " on this connection (expected: at most "
                                + table.size() + ")");
    }

    /** All of the request is on its way. */
    void sent(PendingCall call) {
        if (call.head.oneWay()) {
            end(call);
            call.succeed(ResponseHead.OK, new WireInput(NOTHING));
        } else if (call.upload != null) {
            call.upload.open();
        }
    }

    private void abandon(PendingCall call, Why why) {
        switch (call.state) {
            case NEW -> {
                call.state = PendingCall.State.DONE;
                call.fail(why.of(call, System.nanoTime()).asUnprocessed());
            }
            case QUEUED -> {
                RpcException unsent = why.of(call, System.nanoTime()).asUnprocessed();
                end(call);
                call.fail(unsent);
            }
            case BEGUN, SENT -> {
                RpcException failure = why.of(call, System.nanoTime());
                forgetArriving(call);
                wire.control(Frames.CANCEL, call.id());
                if (call.head.oneWay()) {
                    end(call);
                }
                call.state = PendingCall.State.ABANDONED;
                stopUpload(call);
                call.fail(failure);
            }
            case STREAMING -> {
                RpcException failure = why.of(call, System.nanoTime());
                stopStream(call);
                stream(call).end(failure);
            }
            case ABANDONED, DONE -> {}
        }
    }

    /** Explains, before anything of the call is changed. */
    @FunctionalInterface
    private interface Why {
        RpcException of(PendingCall call, long nowNanos);
    }

    private RpcException cancelled(PendingCall call, long now) {
        return RpcException.of(
                Code.CANCELLED, "the caller cancelled the call to " + address + "; " + call.head.method());
    }

    private RpcException timedOut(PendingCall call, long now) {
        boolean sent = call.state != PendingCall.State.QUEUED;
        long waited = TimeUnit.NANOSECONDS.toMillis((sent ? call.sentNanos : now) - call.startNanos);
        String where = sent
                ? waited + " ms until sent, " + TimeUnit.NANOSECONDS.toMillis(now - call.sentNanos)
                        + " ms waiting for the answer"
                : waited + " ms in the queue of the connection, not sent";
        return RpcException.of(
                Code.DEADLINE_EXCEEDED,
                "no answer from " + address + " within " + call.head.deadline() + ": " + where + "; " + table.size()
                        + " calls in flight there; " + call.head.method());
    }

    private long sweep(long now) {
        long[] next = {Long.MAX_VALUE};
        table.forEach(call -> {
            if (call.state == PendingCall.State.ABANDONED || call.kept) {
                return;
            }
            long remaining = call.head.deadline().remainingNanos(now);
            if (remaining <= 0) {
                abandon(call, this::timedOut);
            } else {
                next[0] = Math.min(next[0], remaining);
            }
        });
        wire.outbox().pump();
        return next[0];
    }

    void response(int flags, int id, WireInput in) {
        PendingCall call = table.find(id);
        if (call == null) {
            return;
        }
        forgetArriving(call);
        if (call.stream != null || !Frames.areKnown(flags, call.takesStream())) {
            end(call);
            call.fail(RpcException.of(
                    Code.PROTOCOL_ERROR,
                    address + " answered with flags " + flags + ", which this version reserves; "
                            + call.head.method()));
            return;
        }
        if (flags == 0) {
            complete(call, ResponseHead.OK, in);
            return;
        }
        ResponseHead head = head(flags, in);
        Packing packing = Packing.read(flags, in, options);
        if ((flags & Frames.STREAM) != 0) {
            beginStream(call, head, Packing.open(packing, in));
        } else if ((flags & Frames.MORE) == 0) {
            complete(call, head, Packing.open(packing, in));
        } else if (call.state != PendingCall.State.ABANDONED) {
            assemble(call, head, packing, in);
        }
    }

    private ResponseHead head(int flags, WireInput in) {
        Code code = (flags & Frames.FAILURE) == 0 ? null : Code.of(in.readVarInt());
        Metadata metadata = (flags & Frames.METADATA) == 0 ? Metadata.EMPTY : Heads.metadata(in, limits.maxMetadata());
        return new ResponseHead(code, (flags & Frames.UNPROCESSED) != 0, metadata);
    }

    private void assemble(PendingCall call, Object head, @Nullable Packing packing, WireInput in) {
        int total = in.readVarInt();
        if (total < 0 || total > limits.maxMessage()) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR,
                    "a message of " + (total & 0xffff_ffffL) + " bytes (expected: at most " + limits.maxMessage()
                            + ")");
        }
        call.arriving = new Assembly<>(head, packing, total, in);
        assembling += call.arriving.size();
    }

    // ---- Streams ---------------------------------------------------------------------------------------------------

    private void beginStream(PendingCall call, ResponseHead head, WireInput in) {
        if (call.state == PendingCall.State.ABANDONED) {
            return; // The server hears of it, and ends the stream.
        }
        call.state = PendingCall.State.STREAMING;
        call.succeed(head, in, new StreamReader(wire, call.id(), Frames.ANSWER, () -> stopStream(call)));
    }

    private static StreamReader stream(PendingCall call) {
        return Objects.requireNonNull(call.stream);
    }

    /** The reader wants no more: the id is free when the server has confirmed it. */
    private void stopStream(PendingCall call) {
        if (call.state == PendingCall.State.STREAMING) {
            forgetArriving(call);
            call.state = PendingCall.State.ABANDONED;
            wire.control(Frames.END, call.id(), (byte) Frames.ANSWER);
            stopUpload(call);
            call.over();
        }
    }

    private static void stopUpload(PendingCall call) {
        if (call.upload != null) {
            call.upload.discard();
        }
    }

    /** The server takes more elements of the request's stream. */
    void credit(int id, WireInput in) {
        if (StreamReader.isAbout(in, Frames.MESSAGE)) {
            wire.credited(id, in);
            return;
        }
        StreamWriter upload = upload(id, in);
        if (upload != null) {
            upload.credit(in);
        }
    }

    private @Nullable StreamWriter upload(int id, WireInput in) {
        PendingCall call = table.find(id);
        if (call == null || call.state == PendingCall.State.ABANDONED) {
            return null;
        }
        if (call.upload == null || !call.upload.isOpen() || in.readVarInt() != Frames.UPLOAD) {
            useless(id);
            return null;
        }
        return call.upload;
    }

    void element(int flags, int id, WireInput in) {
        PendingCall call = streaming(id, in);
        if (call == null) {
            return;
        }
        call.kept = true;
        Packing packing = Packing.read(flags, in, options);
        if ((flags & Frames.MORE) == 0) {
            stream(call).element(Packing.open(packing, in));
        } else {
            assemble(call, stream(call), packing, in);
        }
    }

    /** Either an answer's stream has ended, or the server takes no more of a request's. */
    void streamEnded(int flags, int id, WireInput in) {
        if (StreamReader.isAbout(in, Frames.UPLOAD)) {
            StreamWriter upload = upload(id, in);
            if (upload != null) {
                upload.cancel();
            }
            return;
        }
        PendingCall call = table.find(id);
        if (call != null && call.state == PendingCall.State.ABANDONED) {
            end(call);
            return;
        }
        call = streaming(id, in);
        if (call == null) {
            return;
        }
        if ((flags & Frames.FAILURE) == 0) {
            end(call);
            stream(call).end(null);
            return;
        }
        ResponseHead failure = new ResponseHead(Code.of(in.readVarInt()), false, Metadata.EMPTY);
        if ((flags & Frames.MORE) == 0) {
            streamFailed(call, failure, in);
        } else {
            assemble(call, failure, null, in);
        }
    }

    private void streamFailed(PendingCall call, ResponseHead failure, WireInput envelope) {
        end(call);
        stream(call).fail(failure, envelope);
    }

    /** The call of which a frame is about the stream; what arrived in part of it before is dropped. */
    private @Nullable PendingCall streaming(int id, WireInput in) {
        PendingCall call = table.find(id);
        if (call == null || call.state == PendingCall.State.ABANDONED) {
            return null;
        }
        if (call.state != PendingCall.State.STREAMING || in.readVarInt() != Frames.ANSWER) {
            useless(id);
            return null;
        }
        forgetArriving(call);
        return call;
    }

    @Nullable
    Assembly<?> continued(int id, int length) {
        PendingCall call = table.find(id);
        if (call == null || call.arriving == null) {
            return null;
        }
        if (assembling + length > limits.maxBuffered()) {
            abandon(call, this::tooMuchAtOnce);
            return null;
        }
        assembling += length;
        return call.arriving;
    }

    private RpcException tooMuchAtOnce(PendingCall call, long now) {
        return RpcException.of(
                Code.OVERLOADED,
                "more than " + limits.maxBuffered() + " bytes of answers from " + address + " are half-arrived; "
                        + call.head.method());
    }

    void continuedWhole(int id, int flags) {
        PendingCall call = table.find(id);
        if (call == null || call.arriving == null) {
            return;
        }
        if ((flags & Frames.MORE) != 0) {
            wire.credit(id, call.arriving);
            return;
        }
        Assembly<?> arrived = call.arriving;
        forgetArriving(call);
        WireInput whole = arrived.whole();
        if (arrived.head() instanceof StreamReader stream) {
            stream.element(whole);
        } else if (call.state == PendingCall.State.STREAMING) {
            streamFailed(call, (ResponseHead) arrived.head(), whole);
        } else {
            complete(call, (ResponseHead) arrived.head(), whole);
        }
    }

    /** A frame about a stream that its call does not have. */
    void useless(int id) {
        PendingCall call = table.find(id);
        if (call != null) {
            abandon(
                    call,
                    (it, now) -> RpcException.of(
                            Code.PROTOCOL_ERROR,
                            address + " sent a frame about a stream that the call does not have; " + it.head.method()));
        }
    }

    private void complete(PendingCall call, ResponseHead head, WireInput body) {
        boolean awaited = call.state != PendingCall.State.ABANDONED;
        end(call);
        if (awaited) {
            call.succeed(head, body);
        }
    }

    private void end(PendingCall call) {
        forgetArriving(call);
        table.remove(call);
        call.state = PendingCall.State.DONE;
        stopUpload(call);
        if (call.stream != null) {
            call.over();
        }
    }

    private void forgetArriving(PendingCall call) {
        if (call.arriving != null) {
            assembling -= call.arriving.size();
            call.arriving = null;
        }
    }

    /** The connection has ended: so has every call. */
    void lost(String why) {
        expiry.disarm();
        table.forEach(call -> {
            boolean unsent = call.state == PendingCall.State.QUEUED;
            boolean streaming = call.state == PendingCall.State.STREAMING;
            end(call);
            RpcException lost = RpcException.of(
                    Code.CONNECTION_LOST,
                    "the connection to " + address + " ended: " + why + "; " + call.head.method());
            if (streaming) {
                stream(call).end(lost);
            }
            call.fail(unsent ? lost.asUnprocessed() : lost);
        });
    }
}
