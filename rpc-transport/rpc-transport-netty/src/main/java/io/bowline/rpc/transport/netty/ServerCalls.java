package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.MethodId;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireInput;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of a server's connection, from the frame to the last byte of the answer. The I/O thread's, unless said
 * otherwise.
 *
 * <p>A call stands in the slot that its client chose, the low 16 bits of its id. A client leaves a slot alone until it
 * has the answer, so one that is taken says that the client breaks the protocol.
 */
final class ServerCalls {
    private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final Receiver receiver;
    private final Wire wire;
    private final NettyOptions options;
    private final NettyLimits limits;
    private final String[] serializers;
    private final String peer;
    private final int minor;
    private final Packer packer;
    private final int maxLabels;
    private final MethodIds.Keeper methods = new MethodIds.Keeper();
    private @Nullable ServerCall[] slots = new ServerCall[16];
    private int count;
    private int oneWays;
    private long assembling;
    private boolean refusing;
    private Duration lastLimit = Duration.ZERO;

    ServerCalls(Receiver receiver, Wire wire, NettyOptions options, Hello own, Hello client, String peer) {
        this.receiver = receiver;
        this.wire = wire;
        this.options = options;
        this.limits = options.limits();
        this.serializers = own.serializers().toArray(new String[0]);
        this.peer = peer;
        this.minor = Math.min(own.minor(), client.minor());
        this.packer = Packer.agreed(options, client);
        this.maxLabels = Math.min(Math.min(limits.maxMetadata(), client.maxMetadata()), client.maxFrame() - Heads.ROOM);
    }

    /** From any thread: writes bodies for the client. */
    Packer packer() {
        return packer;
    }

    int maxLabels() {
        return maxLabels;
    }

    boolean isEmpty() {
        return count == 0 && oneWays == 0;
    }

    /** No request is begun from now on. */
    void refuse() {
        refusing = true;
    }

    void bind(WireInput names) {
        methods.bind(names);
    }

    void request(int flags, int id, WireInput in) {
        int slot = id & 0xffff;
        if (slot < slots.length && slots[slot] != null) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR, "request " + Integer.toHexString(id) + " takes the slot of one in flight");
        }
        boolean oneWay = (flags & Frames.ONE_WAY) != 0;
        ServerCall call = new ServerCall(this, id, oneWay, new Cancellation());
        try {
            checkAdmission(slot, flags);
            RequestHead head = head(flags, in, call.cancellation);
            Packing packing = Packing.read(flags, in, options);
            if ((flags & Frames.STREAM) != 0) {
                call.upload = new StreamReader(wire, id, Frames.UPLOAD, () -> uploadUnwanted(call));
            }
            if ((flags & Frames.MORE) == 0) {
                deliver(call, head, Packing.open(packing, in));
            } else {
                assemble(call, head, packing, in);
                keep(call);
            }
        } catch (RpcException refusal) {
            refuse(id, oneWay, refusal.asUnprocessed());
        }
    }

    private void checkAdmission(int slot, int flags) {
        if (!Frames.areKnown(flags, minor)) {
            throw RpcException.of(Code.PROTOCOL_ERROR, "a request with flags " + flags);
        }
        if (refusing) {
            throw RpcException.of(Code.DRAINING, "the server is going away and takes no new calls");
        }
        if (slot >= limits.maxCalls() || oneWays >= limits.maxCalls()) {
            throw RpcException.of(
                    Code.OVERLOADED,
                    "more calls in flight on one connection than the server takes (expected: at most "
                            + limits.maxCalls() + ")");
        }
    }

    private RequestHead head(int flags, WireInput in, Cancellation cancellation) {
        MethodId method = methods.named(in.readVarInt());
        int serializer = in.readVarInt();
        if (serializer < 0 || serializer >= serializers.length) {
            throw RpcException.of(
                    Code.SERIALIZER_NOT_ACCEPTED,
                    "serializer number " + (serializer & 0xffff_ffffL) + " (expected: less than " + serializers.length
                            + ", the place in " + Arrays.toString(serializers) + ")");
        }
        Deadline deadline = deadline(in.readVarLong());
        Metadata metadata = (flags & Frames.METADATA) == 0 ? Metadata.EMPTY : Heads.metadata(in, limits.maxMetadata());
        boolean oneWay = (flags & Frames.ONE_WAY) != 0;
        return new RequestHead(method, serializers[serializer], deadline, cancellation, metadata, oneWay, peer);
    }

    private Deadline deadline(long millis) {
        if (millis != lastLimit.toMillis()) {
            lastLimit = millis <= 0 || millis >= FOREVER.toMillis() ? FOREVER : Duration.ofMillis(millis);
        }
        return Deadline.after(lastLimit, System.nanoTime(), "caller");
    }

    /** @param head of a request; else a stream, or the failure that ends one */
    private void assemble(ServerCall call, Object head, @Nullable Packing packing, WireInput in) {
        int total = in.readVarInt();
        if (total < 0 || total > limits.maxMessage()) {
            throw RpcException.of(
                    Code.PAYLOAD_TOO_LARGE,
                    "a message of " + (total & 0xffff_ffffL) + " bytes (expected: at most " + limits.maxMessage()
                            + ")");
        }
        checkBuffered(in.remaining());
        call.arriving = new Assembly<>(head, packing, total, in);
        assembling += call.arriving.size();
    }

    private void checkBuffered(int more) {
        if (assembling + more > limits.maxBuffered()) {
            throw RpcException.of(
                    Code.OVERLOADED,
                    "more than " + limits.maxBuffered() + " bytes of half-arrived requests on one connection");
        }
    }

    @Nullable
    Assembly<?> continued(int id, int length) {
        ServerCall call = find(id);
        if (call == null || call.arriving == null) {
            return null;
        }
        try {
            checkBuffered(length);
        } catch (RpcException full) {
            tooMuch(call, full);
            return null;
        }
        assembling += length;
        return call.arriving;
    }

    void continuedWhole(int id, int flags) {
        ServerCall call = find(id);
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
        if (arrived.head() instanceof StreamReader upload) {
            upload.element(whole);
        } else if (arrived.head() instanceof ResponseHead failure) {
            uploadFailed(call, failure, whole);
        } else {
            forget(call);
            deliver(call, (RequestHead) arrived.head(), whole);
        }
    }

    private void tooMuch(ServerCall call, RpcException full) {
        if (call.begun) {
            endUpload(call, full);
            uploadUnwanted(call);
        } else {
            forget(call);
            refuse(call.id(), call.oneWay, full.asUnprocessed());
        }
    }

    private void deliver(ServerCall call, RequestHead head, WireInput body) {
        call.begun = true;
        if (call.oneWay) {
            oneWays++;
        } else {
            keep(call);
        }
        CompletionStage<Outbound<ResponseHead>> answer;
        CompletableFuture<Outbound<ResponseHead>> future;
        try {
            answer = Objects.requireNonNull(
                    receiver.receive(new Inbound<>(head, body, call.upload)), "the receiver's stage");
            future = answer.toCompletableFuture();
        } catch (RuntimeException | Error thrown) {
            call.accept(null, thrown);
            return;
        }
        if (future.isDone() && !future.isCompletedExceptionally()) {
            call.accept(future.join(), null);
        } else {
            answer.whenComplete(call);
        }
    }

    /** From any thread: the call has its answer. */
    void answered(ServerCall call) {
        if (wire.isReading()) {
            answer(call);
        } else {
            wire.mailbox().put(call);
        }
    }

    void answer(ServerCall call) {
        if (call.oneWay) {
            oneWays--;
        } else if (find(call.id()) == call) {
            if (wire.outbox().hasRoom(call.bodyLength(), limits.maxBuffered())) {
                wire.send(call);
            } else {
                forget(call);
                refuse(
                        call.id(),
                        false,
                        RpcException.of(
                                Code.OVERLOADED,
                                "more than " + limits.maxBuffered()
                                        + " bytes of answers wait for the client to read them"));
                call.drop();
            }
        } else if (call.stream != null) {
            call.stream.discard();
        }
    }

    void written(ServerCall call) {
        if (call.stream == null) {
            forget(call);
        } else {
            call.stream.open();
        }
    }

    // ---- Streams ---------------------------------------------------------------------------------------------------

    /** From any thread. */
    StreamWriter writer(ServerCall call) {
        return new StreamWriter(wire, call.id(), Frames.ANSWER, packer, () -> forget(call));
    }

    void credit(int id, WireInput in) {
        if (StreamReader.isAbout(in, Frames.MESSAGE)) {
            wire.credited(id, in);
            return;
        }
        StreamWriter stream = stream(id, in);
        if (stream != null) {
            stream.credit(in);
        }
    }

    /** Either the client wants no more of the answer's stream, or the request's has ended. */
    void streamEnded(int flags, int id, WireInput in) {
        if (StreamReader.isAbout(in, Frames.UPLOAD)) {
            uploadEnded(flags, id, in);
            return;
        }
        StreamWriter stream = stream(id, in);
        ServerCall call = find(id);
        if (stream != null && call != null) {
            stream.cancel();
            raise(call);
        }
    }

    /** An element of a request's stream. */
    void element(int flags, int id, WireInput in) {
        ServerCall call = uploading(id, in);
        if (call == null || call.upload == null) {
            return;
        }
        try {
            Packing packing = Packing.read(flags, in, options);
            if ((flags & Frames.MORE) == 0) {
                call.upload.element(Packing.open(packing, in));
            } else {
                assemble(call, call.upload, packing, in);
            }
        } catch (RpcException tooMuch) {
            tooMuch(call, tooMuch);
        }
    }

    private void uploadEnded(int flags, int id, WireInput in) {
        ServerCall call = uploading(id, in);
        if (call == null) {
            return;
        }
        if ((flags & Frames.FAILURE) == 0) {
            endUpload(call, null);
            return;
        }
        ResponseHead failure = new ResponseHead(Code.of(in.readVarInt()), false, Metadata.EMPTY);
        if ((flags & Frames.MORE) == 0) {
            uploadFailed(call, failure, in);
            return;
        }
        try {
            assemble(call, failure, null, in);
        } catch (RpcException tooMuch) {
            tooMuch(call, tooMuch);
        }
    }

    private static void uploadFailed(ServerCall call, ResponseHead failure, WireInput envelope) {
        if (call.upload != null) {
            call.upload.fail(failure, envelope);
        }
    }

    private static void endUpload(ServerCall call, @Nullable Throwable why) {
        if (call.upload != null) {
            call.upload.end(why);
        }
    }

    private void uploadUnwanted(ServerCall call) {
        if (find(call.id()) == call) {
            forgetArriving(call);
            wire.control(Frames.END, call.id(), (byte) Frames.UPLOAD);
        }
    }

    /** The call of which a frame is about the request's stream; what arrived in part of it before is dropped. */
    private @Nullable ServerCall uploading(int id, WireInput in) {
        ServerCall call = find(id);
        if (call == null) {
            return null;
        }
        if (call.upload == null || !call.begun || in.readVarInt() != Frames.UPLOAD) {
            useless(id);
            return null;
        }
        forgetArriving(call);
        return call;
    }

    /** The stream that a frame is about; null if it has ended meanwhile, or there is none. */
    private @Nullable StreamWriter stream(int id, WireInput in) {
        ServerCall call = find(id);
        if (call == null) {
            return null;
        }
        StreamWriter stream = call.stream;
        if (stream == null || !stream.isOpen() || in.readVarInt() != Frames.ANSWER) {
            useless(id);
            return null;
        }
        return stream;
    }

    /** The client waits no more: it is told so at once, and whatever the service still answers is dropped. */
    void cancel(int id) {
        ServerCall call = find(id);
        if (call == null) {
            return;
        }
        if (call.stream != null && call.stream.isOpen()) {
            call.stream.cancel();
            raise(call);
            return;
        }
        RpcException cancelled = RpcException.of(Code.CANCELLED, "the caller cancelled");
        boolean begun = call.begun;
        forget(call);
        call.drop();
        refuse(id, call.oneWay, begun ? cancelled : cancelled.asUnprocessed());
        raise(call);
    }

    /** What listens must not throw; what throws anyway must not end the connection. */
    private static void raise(ServerCall call) {
        try {
            call.cancellation.cancel();
        } catch (RuntimeException | Error thrown) {
            log.error("A listener to the cancellation of a call failed", thrown);
        }
    }

    /** A frame about a stream that its call does not have. */
    void useless(int id) {
        ServerCall call = find(id);
        if (call != null) {
            forget(call);
            call.drop();
            refuse(
                    id,
                    call.oneWay,
                    RpcException.of(Code.PROTOCOL_ERROR, "a frame about a stream that the call does not have"));
            raise(call);
        }
    }

    private void refuse(int id, boolean oneWay, RpcException why) {
        if (!oneWay) {
            wire.send(ServerCall.refused(this, id, why));
        }
    }

    private void keep(ServerCall call) {
        int slot = call.id() & 0xffff;
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, Math.min(1 << 16, Math.max(slot + 1, 2 * slots.length)));
        }
        if (slots[slot] == null) {
            slots[slot] = call;
            count++;
        }
    }

    private @Nullable ServerCall find(int id) {
        int slot = id & 0xffff;
        ServerCall call = slot < slots.length ? slots[slot] : null;
        return call != null && call.id() == id ? call : null;
    }

    /** Frees the call's slot and what it holds of a half-arrived request. */
    private void forget(ServerCall call) {
        forgetArriving(call);
        int slot = call.id() & 0xffff;
        if (slot < slots.length && slots[slot] == call) {
            slots[slot] = null;
            count--;
            if (call.begun) {
                endUpload(call, RpcException.of(Code.CANCELLED, "the call has ended"));
            }
        }
    }

    private void forgetArriving(ServerCall call) {
        if (call.arriving != null) {
            assembling -= call.arriving.size();
            call.arriving = null;
        }
    }

    /** The connection has ended. */
    void lost() {
        for (int slot = 0; slot < slots.length; slot++) {
            ServerCall call = slots[slot];
            if (call != null) {
                endUpload(call, RpcException.of(Code.CONNECTION_LOST, "the connection to " + peer + " has ended"));
                forget(call);
                call.drop();
                raise(call);
            }
        }
    }
}
