package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.wire.WireInput;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The server's conduct on a connection: handshake, draining, end. All state is the I/O thread's. */
final class ServerLink implements Link {
    private final NettyBinding binding;
    private final Receiver receiver;
    private final NettyOptions options;
    private final Channel channel;
    private final Wire wire;
    private @Nullable ServerCalls calls;
    private boolean reading = true;

    ServerLink(NettyBinding binding, Receiver receiver, NettyOptions options, Channel channel, Wire wire) {
        this.binding = binding;
        this.receiver = receiver;
        this.options = options;
        this.channel = channel;
        this.wire = wire;
    }

    @Override
    public void opened() {
        wire.expectHello(options.handshakeTimeout());
        if (!binding.admits(this)) {
            wire.fail(RpcException.of(
                    Code.OVERLOADED,
                    "the server has all the connections that it takes (expected: at most "
                            + options.limits().maxConnections() + ")"));
        }
    }

    @Override
    public void frame(int type, int flags, int id, WireInput in) {
        ServerCalls open = calls;
        if (open == null) {
            hello(type, in);
            return;
        }
        switch (type) {
            case Frames.REQUEST -> open.request(flags, id, in);
            case Frames.BIND -> open.bind(in);
            case Frames.CANCEL -> open.cancel(id);
            case Frames.PING -> wire.control(Frames.PONG, 0, in.readBytes(in.remaining()));
            case Frames.PONG -> {}
            case Frames.DRAIN_ACK -> open.refuse();
            case Frames.CREDIT -> open.credit(id, in);
            case Frames.END -> open.streamEnded(flags, id, in);
            case Frames.ITEM -> open.element(flags, id, in);
            case Frames.ERROR ->
                wire.close("the client ended it: " + ErrorFrame.read(in).text(), Ending.BREACH);
            default ->
                throw RpcException.of(
                        Code.PROTOCOL_ERROR, "a frame of type " + type + ", which a client does not send");
        }
    }

    private void hello(int type, WireInput in) {
        if (type != Frames.HELLO) {
            throw RpcException.of(Code.PROTOCOL_ERROR, "a frame of type " + type + " before HELLO");
        }
        Hello client = Hello.read(in);
        Hello own = Hello.of(options, receiver.serializers());
        calls = new ServerCalls(receiver, wire, options, own, client, peer());
        wire.greet(own);
        wire.agreed(Math.min(client.maxFrame(), options.limits().fragment()), client.minor(), options.pingInterval());
    }

    /** Where it is, and whose certificate it has shown. */
    private String peer() {
        SocketAddress remote = channel.remoteAddress();
        String where = remote == null ? "" : Addresses.text(remote);
        String subject = TlsSockets.subject(channel);
        return subject == null ? where : where + " " + subject;
    }

    @Override
    public @Nullable Assembly<?> continued(int id, int length) {
        return calls == null ? null : calls.continued(id, length);
    }

    @Override
    public void continuedWhole(int id, int flags) {
        if (calls != null) {
            calls.continuedWhole(id, flags);
        }
    }

    /** From any thread: asks the client to go elsewhere. One that has not said HELLO goes at once. */
    void drain() {
        wire.mailbox().put(new Errand(() -> {
            if (calls == null) {
                wire.close("the server is going away", Ending.ORDINARY);
            } else {
                wire.control(Frames.DRAIN, 0);
            }
        }));
    }

    /** From any thread. */
    void close(String why) {
        wire.mailbox().put(new Errand(() -> wire.close(why, Ending.ORDINARY)));
    }

    /**
     * Who does not read is not read from: so what waits for it stays bounded. A full socket alone is no reason, or one big
     * answer would keep all requests behind it waiting.
     */
    @Override
    public void pumped() {
        boolean enough = wire.outbox().isCongested(options.limits().maxBuffered() / 2);
        if (enough == reading) {
            reading = !enough;
            channel.config().setAutoRead(reading);
        }
    }

    @Override
    public void ended(String why, Ending how) {
        if (calls != null) {
            calls.lost();
        }
        binding.ended(this, channel.remoteAddress(), why, how);
    }
}
