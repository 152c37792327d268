package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Receiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One side of the protocol without a network: bytes in, bytes out, on the test's thread. */
final class EmbeddedPeer {
    static final Address ADDRESS = new Address("embedded", 1);

    private final EmbeddedChannel channel;
    private final CompletableFuture<ClientLink> link;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private EmbeddedPeer(EmbeddedChannel channel, CompletableFuture<ClientLink> link) {
        this.channel = channel;
        this.link = link;
    }

    static EmbeddedPeer client() {
        return client(NettyOptions.DEFAULT);
    }

    static EmbeddedPeer client(NettyOptions options) {
        CompletableFuture<ClientLink> made = new CompletableFuture<>();
        return new EmbeddedPeer(
                new EmbeddedChannel(new ClientInitializer(ADDRESS, options, Duration.ofMinutes(1), socket -> {}, made)),
                made);
    }

    static EmbeddedPeer server(Receiver receiver) {
        return server(receiver, NettyOptions.DEFAULT);
    }

    static EmbeddedPeer server(Receiver receiver, NettyOptions options) {
        NettyBinding binding = new NettyBinding(receiver, options, null);
        return new EmbeddedPeer(
                new EmbeddedChannel(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        binding.accepted(channel);
                    }
                }),
                new CompletableFuture<>());
    }

    /** A client that has read a server's HELLO and whose own was taken away. */
    static EmbeddedPeer agreedClient() {
        EmbeddedPeer client = client();
        client.give(ProtocolPage.frame("preface"));
        client.give(ProtocolPage.frame("hello-server"));
        client.take();
        return client;
    }

    /** A server that has read a client's HELLO and whose own was taken away. */
    static EmbeddedPeer agreedServer(Receiver receiver) {
        EmbeddedPeer server = server(receiver);
        server.give(ProtocolPage.frame("preface"));
        server.give(ProtocolPage.frame("hello-client"));
        server.take();
        return server;
    }

    Connection connection() {
        return link.join().connection().toCompletableFuture().join();
    }

    CompletableFuture<Connection> connecting() {
        return link.join().connection().toCompletableFuture();
    }

    /** Bytes from the other side, in one read. */
    void give(byte[] bytes) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        }
        collect();
    }

    /** What this side has sent since the last time. */
    byte[] take() {
        collect();
        byte[] all = sent.toByteArray();
        sent.reset();
        return all;
    }

    private void collect() {
        channel.runPendingTasks();
        channel.runScheduledPendingTasks();
        ByteBuf part;
        while ((part = channel.readOutbound()) != null) {
            sent.writeBytes(ByteBufUtil.getBytes(part));
            part.release();
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void finish() {
        channel.finishAndReleaseAll();
    }
}
