package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Receiver;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening port and the connections that came through it. Thread-safe: its links live on several I/O threads. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures arrive at exceptionCaught or at a listener.
final class NettyBinding implements Binding {
    private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);

    private final Receiver receiver;
    private final NettyOptions options;
    private final @Nullable TlsSockets tls;
    private final RateLimitedLog refused = new RateLimitedLog(log);
    private final Set<ServerLink> links = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Set once, before the binding is given out. */
    private volatile @Nullable Listening listening;

    private volatile boolean ending;

    private record Listening(Channel channel, Address address) {}

    /** @param tls null for connections in the clear */
    NettyBinding(Receiver receiver, NettyOptions options, @Nullable TlsSockets tls) {
        this.receiver = receiver;
        this.options = options;
        this.tls = tls;
    }

    /** Prepares a connection that was accepted. */
    void accepted(Channel channel) {
        if (tls != null) {
            try {
                tls.onServer(channel);
            } catch (RuntimeException unusable) {
                refused.warn("Closed the connection from", remote(channel.remoteAddress()), "TLS: " + unusable);
                channel.close();
                return;
            }
        }
        Wire wire = new Wire(
                channel, options.limits().fragment(), made -> new ServerLink(this, receiver, options, channel, made));
        channel.pipeline().addLast(wire);
    }

    void listening(Channel channel, Address address) {
        listening = new Listening(channel, address);
        channel.closeFuture().addListener(closed -> {
            ending = true;
            endWhenIdle();
        });
    }

    boolean admits(ServerLink link) {
        links.add(link);
        if (ending) {
            link.close("the server is going away");
        }
        return links.size() <= options.limits().maxConnections();
    }

    void ended(ServerLink link, @Nullable SocketAddress remote, String why, Ending how) {
        if (how != Ending.ORDINARY) {
            refused.warn("Closed the connection from", remote(remote), why);
        }
        links.remove(link);
        endWhenIdle();
    }

    private static String remote(@Nullable SocketAddress remote) {
        return remote == null ? "?" : Addresses.text(remote);
    }

    private void endWhenIdle() {
        if (ending && links.isEmpty()) {
            ended.complete(null);
        }
    }

    @Override
    public Address address() {
        Listening where = listening;
        if (where == null) {
            throw new IllegalStateException("not listening yet");
        }
        return where.address;
    }

    @Override
    public CompletionStage<Void> drain(Duration grace) {
        Listening where = listening;
        if (where != null) {
            ending = true;
            where.channel.close();
            links.forEach(ServerLink::drain);
            Future<?> cutOff = where.channel
                    .eventLoop()
                    .schedule(() -> cut("cut off after the grace of " + grace), grace.toNanos(), TimeUnit.NANOSECONDS);
            ended().thenRun(() -> cutOff.cancel(false));
            endWhenIdle();
        }
        return ended();
    }

    /** Completes when the port and all connections are closed. */
    CompletionStage<Void> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public void close() {
        Listening where = listening;
        if (where != null) {
            ending = true;
            where.channel.close();
        }
        cut("the server was closed");
    }

    private void cut(String why) {
        links.forEach(link -> link.close(why));
    }
}
