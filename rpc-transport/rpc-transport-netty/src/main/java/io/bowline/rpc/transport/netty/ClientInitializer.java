package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Puts the client's side of the protocol on a new socket. */
final class ClientInitializer extends ChannelInitializer<Channel> {
    private final Address address;
    private final NettyOptions options;
    private final Duration helloWithin;
    private final Consumer<Channel> below;
    private final CompletableFuture<ClientLink> made;

    /** @param below puts on the socket what stands below the protocol */
    ClientInitializer(
            Address address,
            NettyOptions options,
            Duration helloWithin,
            Consumer<Channel> below,
            CompletableFuture<ClientLink> made) {
        this.address = address;
        this.options = options;
        this.helloWithin = helloWithin;
        this.below = below;
        this.made = made;
    }

    @Override
    protected void initChannel(Channel channel) {
        below.accept(channel);
        Wire wire = new Wire(channel, options.limits().fragment(), own -> {
            ClientLink link = new ClientLink(address, options, helloWithin, channel, own);
            made.complete(link);
            return link;
        });
        channel.pipeline().addLast(wire);
    }
}
