package io.bowline.rpc.transport.netty;

import io.bowline.rpc.wire.Compression;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link NettyTransport}; what is not set has the default of {@link NettyOptions}. */
public final class NettyTransportBuilder {
    private IoMode io = NettyOptions.DEFAULT.io();
    private int ioThreads = NettyOptions.DEFAULT.ioThreads();
    private Duration connectTimeout = NettyOptions.DEFAULT.connectTimeout();
    private Duration handshakeTimeout = NettyOptions.DEFAULT.handshakeTimeout();
    private Duration pingInterval = NettyOptions.DEFAULT.pingInterval();
    private NettyLimits limits = NettyLimits.DEFAULT;
    private NettyCompression compression = NettyCompression.found();
    private @Nullable Tls tls;

    NettyTransportBuilder() {}

    /** How it waits for the network; {@link IoMode#AUTO} unless set. */
    public NettyTransportBuilder io(IoMode io) {
        this.io = io;
        return this;
    }

    /** Threads that carry all connections; as many as there are cores, at most 4, unless set. */
    public NettyTransportBuilder ioThreads(int ioThreads) {
        this.ioThreads = ioThreads;
        return this;
    }

    /** Speaks TLS, to servers and to clients; connections are in the clear unless set. */
    public NettyTransportBuilder tls(Tls tls) {
        this.tls = tls;
        return this;
    }

    /** From {@code connect} to a connection that has agreed on everything; 3 s unless set. */
    public NettyTransportBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        return this;
    }

    /** How long an accepted connection may take to say HELLO, its TLS handshake included; 10 s unless set. */
    public NettyTransportBuilder handshakeTimeout(Duration handshakeTimeout) {
        this.handshakeTimeout = handshakeTimeout;
        return this;
    }

    /** After how much silence a peer is asked for a sign of life; 15 s unless set. */
    public NettyTransportBuilder pingInterval(Duration pingInterval) {
        this.pingInterval = pingInterval;
        return this;
    }

    /** What one peer may cost, all at once. */
    public NettyTransportBuilder limits(NettyLimits limits) {
        this.limits = limits;
        return this;
    }

    /** Connections that one binding holds; 10,000 unless set. */
    public NettyTransportBuilder maxConnections(int count) {
        return limits(limits.withMaxConnections(count));
    }

    /** Calls in flight on one connection; 4,096 unless set. */
    public NettyTransportBuilder maxCalls(int count) {
        return limits(limits.withMaxCalls(count));
    }

    /** Bytes of one body; 16 MiB unless set. A connection buffers at least four times as much. */
    public NettyTransportBuilder maxMessage(int bytes) {
        return limits(limits.withMaxMessage(bytes));
    }

    /**
     * The algorithms that it reads, and of which it writes the first that the peer reads, too; those on the class path unless
     * set, gzip last. Without any, nothing compressed is taken.
     */
    public NettyTransportBuilder compressions(Compression... algorithms) {
        compression = new NettyCompression(List.of(algorithms), compression.above());
        return this;
    }

    /**
     * Sends bodies and elements of more bytes compressed, to peers that read one of the {@linkplain #compressions algorithms};
     * none unless set. Over a slow or a metered network it saves time or money; between neighbours it costs both.
     */
    public NettyTransportBuilder compressAbove(int bytes) {
        compression = new NettyCompression(compression.algorithms(), bytes);
        return this;
    }

    /**
     * The transport.
     *
     * @throws IllegalArgumentException for a value that cannot be, naming it
     */
    public NettyTransport build() {
        return new NettyTransport(options());
    }

    NettyOptions options() {
        return new NettyOptions(
                io, ioThreads, connectTimeout, handshakeTimeout, pingInterval, limits, compression, tls);
    }
}
