package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Peer;
import io.bowline.rpc.wire.WireInput;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The client's conduct on a connection: handshake, draining, end. State is the I/O thread's except {@link #refusing},
 * which callers read.
 */
final class ClientLink implements Link {
    private final Address address;
    private final NettyOptions options;
    private final Duration helloWithin;
    private final Channel channel;
    private final Wire wire;
    private final CompletableFuture<Connection> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> draining = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private volatile @Nullable Refusal refusing;

    private @Nullable ClientCalls calls;
    private boolean acknowledging;
    private boolean acknowledged;

    /** Why calls are refused; each gets an exception of its own. */
    private record Refusal(Code code, String why) {}

    ClientLink(Address address, NettyOptions options, Duration helloWithin, Channel channel, Wire wire) {
        this.address = address;
        this.options = options;
        this.helloWithin = helloWithin;
        this.channel = channel;
        this.wire = wire;
    }

    /** Completes once both have said HELLO. */
    CompletionStage<Connection> connection() {
        return opened;
    }

    CompletionStage<Void> draining() {
        return draining.minimalCompletionStage();
    }

    CompletionStage<Void> closed() {
        return closed.minimalCompletionStage();
    }

    boolean isRefusing() {
        return refusing != null;
    }

    RpcException refusal() {
        Refusal refusal = refusing;
        return refusal == null
                ? RpcException.unprocessed(Code.CLOSED, "the transport is closed")
                : RpcException.unprocessed(refusal.code, refusal.why);
    }

    /** From any thread. */
    void closeByOwner() {
        refusing = new Refusal(Code.CLOSED, "the connection to " + address + " was closed on this side");
        wire.mailbox().put(new Errand(() -> wire.close("closed on this side", Ending.ORDINARY)));
    }

    @Override
    public void opened() {
        wire.expectHello(helloWithin);
        wire.greet(Hello.of(options, Set.of()));
    }

    @Override
    public void frame(int type, int flags, int id, WireInput in) {
        ClientCalls open = calls;
        if (type == Frames.ERROR) {
            ErrorFrame error = ErrorFrame.read(in);
            wire.close(
                    "the server ended it: " + error.text(),
                    error.code() == Code.PROTOCOL_ERROR ? Ending.BREACH : Ending.ORDINARY);
        } else if (open == null) {
            hello(type, in);
        } else {
            agreedFrame(open, type, flags, id, in);
        }
    }

    private void agreedFrame(ClientCalls open, int type, int flags, int id, WireInput in) {
        switch (type) {
            case Frames.RESPONSE -> open.response(flags, id, in);
            case Frames.PING -> wire.control(Frames.PONG, 0, in.readBytes(in.remaining()));
            case Frames.PONG -> {}
            case Frames.DRAIN -> drain(open);
            case Frames.ITEM -> open.element(flags, id, in);
            case Frames.END -> open.streamEnded(flags, id, in);
            case Frames.CREDIT -> open.credit(id, in);
            default ->
                throw RpcException.of(
                        Code.PROTOCOL_ERROR, "a frame of type " + type + ", which a server does not send");
        }
        closeWhenDrained(open);
    }

    private void hello(int type, WireInput in) {
        if (type != Frames.HELLO) {
            throw RpcException.of(Code.PROTOCOL_ERROR, "a frame of type " + type + " before HELLO");
        }
        Hello server = Hello.read(in);
        calls = new ClientCalls(address, options, server, wire, channel.eventLoop(), this::refusal);
        wire.agreed(Math.min(server.maxFrame(), options.limits().fragment()), server.minor(), options.pingInterval());
        Peer peer = new Peer(address, Set.copyOf(server.serializers()));
        opened.complete(new ClientConnection(this, calls, peer, server));
    }

    NettyLimits limits() {
        return options.limits();
    }

    @Override
    public @Nullable Assembly<?> continued(int id, int length) {
        return calls == null ? null : calls.continued(id, length);
    }

    @Override
    public void continuedWhole(int id, int flags) {
        if (calls != null) {
            calls.continuedWhole(id, flags);
            closeWhenDrained(calls);
        }
    }

    /**
     * The server goes away. Whoever chooses connections hears of it first and then stops choosing this one; what was
     * handed over until then is sent; then the server is told that nothing follows.
     */
    private void drain(ClientCalls open) {
        if (acknowledging) {
            return;
        }
        draining.complete(null);
        if (refusing == null) {
            refusing = new Refusal(Code.DRAINING, address + " is going away and takes no new calls");
        }
        wire.mailbox().deliverAll();
        open.refuse();
        acknowledging = true;
        acknowledgeWhenSent(open);
    }

    private void acknowledgeWhenSent(ClientCalls open) {
        if (acknowledging && !acknowledged && wire.outbox().isEmpty()) {
            acknowledged = true;
            wire.control(Frames.DRAIN_ACK, 0);
            wire.outbox().pump();
            closeWhenDrained(open);
        }
    }

    /** The client closes, because it knows that it has read everything. */
    private void closeWhenDrained(ClientCalls open) {
        if (acknowledged && open.isEmpty()) {
            wire.close("the server has drained", Ending.ORDINARY);
        }
    }

    @Override
    public void pumped() {
        if (calls != null) {
            acknowledgeWhenSent(calls);
        }
    }

    @Override
    public void ended(String why, Ending how) {
        if (refusing == null) {
            refusing = new Refusal(Code.CONNECTION_LOST, "the connection to " + address + " has ended: " + why);
        }
        if (calls != null) {
            calls.refuse();
            calls.lost(why);
        }
        boolean breach = how == Ending.BREACH;
        opened.completeExceptionally(RpcException.unprocessed(
                breach ? Code.PROTOCOL_ERROR : Code.CONNECT_FAILED,
                address + " was reached, and then: " + why + (breach ? "; is it a port of this protocol?" : "")));
        closed.complete(null);
    }

    /** From any thread: says goodbye while there is an I/O thread to do it. */
    void closeWithTransport() {
        wire.mailbox().put(new Errand(() -> wire.close("the transport was closed", Ending.ORDINARY)));
    }

    /** After the I/O thread has ended, on another. */
    void loopEnded() {
        wire.loopEnded();
    }
}
