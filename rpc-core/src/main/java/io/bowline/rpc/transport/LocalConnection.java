package io.bowline.rpc.transport;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of a connection of the local transport. Bodies are written on the thread that hands them over; everything
 * else happens on the I/O thread.
 */
final class LocalConnection implements Connection {
    private static final int MAX_CALLS = 65_536;

    private final Peer peer;
    private final Receiver receiver;
    private final AtomicInteger calls = new AtomicInteger();
    private final CompletableFuture<Void> draining = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** Why new calls are refused; null while they are not. */
    private volatile @Nullable RpcException refusal;

    /** The I/O thread's: what is under way, and whether nothing may be added to it. */
    private final Set<LocalCall> inFlight = new HashSet<>();

    private boolean acknowledged;

    LocalConnection(Peer peer, Receiver receiver) {
        this.peer = peer;
        this.receiver = receiver;
    }

    @Override
    public void send(OutboundCall call) {
        LocalCall begun = begin(call, call.streamed());
        begun.stage().whenComplete((answer, thrown) -> {
            LocalStream stream = begun.stream();
            if (thrown == null && stream != null) {
                call.answered(answer.head(), answer.body(), stream);
            } else if (thrown == null) {
                call.answered(answer.head(), answer.body());
            } else {
                call.failed(RpcException.from(thrown));
            }
        });
    }

    @Override
    public boolean streams() {
        return true;
    }

    private LocalCall begin(Outbound<RequestHead> request, boolean streamed) {
        RequestHead head = request.head();
        RpcException refused = refusal(head);
        if (refused != null) {
            return failed(head, refused);
        }
        byte[] body;
        try {
            body = bytes(request);
        } catch (RuntimeException | Error thrown) {
            return failed(head, RpcException.from(thrown).asUnprocessed());
        }
        LocalStream upload = streamed ? new LocalStream(new LocalStream.Owner() {}, request.stream()) : null;
        LocalCall call = new LocalCall(head, body, upload);
        calls.incrementAndGet();
        call.stage().whenComplete((answer, thrown) -> calls.decrementAndGet());
        LocalIo.execute(() -> start(call));
        return call;
    }

    /** A call that was not sent. */
    private static LocalCall failed(RequestHead head, RpcException why) {
        LocalCall call = new LocalCall(head, new byte[0]);
        call.result.completeExceptionally(why);
        return call;
    }

    private @Nullable RpcException refusal(RequestHead head) {
        RpcException standing = refusal;
        if (standing != null) {
            return standing;
        }
        if (!peer.serializers().contains(head.serializer())) {
            return RpcException.unprocessed(
                    Code.SERIALIZER_NOT_ACCEPTED,
                    peer.address() + " does not accept '" + head.serializer() + "'; it accepts " + peer.serializers());
        }
        if (head.deadline().hasPassed(System.nanoTime())) {
            return RpcException.unprocessed(
                    Code.BUDGET_SPENT, "the limit of " + head.deadline() + " had passed before the call was sent");
        }
        int now = calls.get();
        return now < MAX_CALLS
                ? null
                : RpcException.unprocessed(
                        Code.OVERLOADED,
                        now + " calls are in flight to " + peer.address() + " (expected: at most " + MAX_CALLS + ")");
    }

    private void start(LocalCall call) {
        RpcException refused = acknowledged || closed.isDone() ? refusal : null;
        if (refused != null) {
            call.result.completeExceptionally(refused);
            return;
        }
        inFlight.add(call);
        call.stage().whenComplete((answer, thrown) -> {
            if (thrown != null || call.stream() == null) {
                LocalIo.execute(() -> end(call));
            }
        });
        if (call.arm(peer.address())) {
            answerOf(call).whenComplete((message, thrown) -> answer(call, message, thrown));
        }
    }

    private CompletionStage<Outbound<ResponseHead>> answerOf(LocalCall call) {
        try {
            return receiver.receive(call.received());
        } catch (RuntimeException | Error thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /** On the thread that completed the answer: writes it, then passes it on. */
    private void answer(LocalCall call, @Nullable Outbound<ResponseHead> message, @Nullable Throwable thrown) {
        Outbound<ResponseHead> outbound;
        byte[] body;
        try {
            outbound = message == null || thrown != null ? failure(thrown) : message;
            body = bytes(outbound);
        } catch (RuntimeException | Error unwritable) {
            outbound = failure(unwritable);
            body = bytes(outbound);
        }
        Inbound<ResponseHead> answer = new Inbound<>(outbound.head(), new WireInput(body));
        Flow.Publisher<Item> source = outbound.stream();
        if (source == null) {
            LocalIo.execute(() -> call.complete(answer));
            return;
        }
        LocalStream stream = new LocalStream(
                new LocalStream.Owner() {
                    @Override
                    public void element() {
                        call.firstElement();
                    }

                    @Override
                    public void abandoned() {
                        call.abandonedAtServer();
                    }

                    @Override
                    public void ended() {
                        LocalIo.execute(() -> end(call));
                    }
                },
                null);
        LocalIo.execute(() -> call.complete(answer, stream));
        source.subscribe(stream);
    }

    private static FailureMessage failure(@Nullable Throwable thrown) {
        return FailureMessage.of(
                thrown == null
                        ? RpcException.of(Code.INTERNAL, "the receiver answered with null")
                        : RpcException.from(thrown));
    }

    private static byte[] bytes(Outbound<?> message) {
        WireOutput out = new WireOutput();
        message.writeTo(out);
        return out.toByteArray();
    }

    private void end(LocalCall call) {
        inFlight.remove(call);
        call.disarm();
        endWhenIdle();
    }

    private void endWhenIdle() {
        if (acknowledged && inFlight.isEmpty()) {
            end(RpcException.of(Code.CONNECTION_LOST, peer.address() + " has drained and closed"));
        }
    }

    /** On the I/O thread. Calls handed over before the client heard of it are still served. */
    void drain() {
        draining.complete(null);
        if (refusal == null) {
            refusal = RpcException.unprocessed(Code.DRAINING, peer.address() + " is going away and takes no new calls");
        }
        LocalIo.execute(() -> {
            acknowledged = true;
            endWhenIdle();
        });
    }

    /** On the I/O thread. */
    void end(RpcException lost) {
        if (refusal == null) {
            refusal = lost.asUnprocessed();
        }
        for (LocalCall call : List.copyOf(inFlight)) {
            call.fail(lost);
        }
        closed.complete(null);
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public CompletionStage<Void> draining() {
        return draining.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Void> closed() {
        return closed.minimalCompletionStage();
    }

    @Override
    public void close() {
        refusal = RpcException.unprocessed(
                Code.CLOSED, "the connection to " + peer.address() + " was closed on this side");
        LocalIo.execute(() -> end(RpcException.of(
                Code.CONNECTION_LOST, "the connection to " + peer.address() + " was closed on this side")));
    }
}
