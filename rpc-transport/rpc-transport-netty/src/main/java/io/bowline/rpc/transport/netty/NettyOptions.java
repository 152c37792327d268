package io.bowline.rpc.transport.netty;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a transport; see {@link NettyTransport#builder()}. Checked in the constructor.
 *
 * @param io how it waits for the network
 * @param ioThreads threads that carry all connections, clients' and servers'
 * @param connectTimeout from {@code connect} to a connection that has agreed on everything
 * @param handshakeTimeout how long an accepted connection may take to say HELLO, its TLS handshake included
 * @param pingInterval after so long without a whole frame from the peer it is asked for a sign of life; after twice that
 *     again without one the connection is lost
 * @param limits what one peer may cost
 * @param compression how it makes bodies smaller
 * @param tls how it speaks TLS; null for connections in the clear
 */
public record NettyOptions(
        IoMode io,
        int ioThreads,
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration pingInterval,
        NettyLimits limits,
        NettyCompression compression,
        @Nullable Tls tls) {
    private static final Duration LONGEST = Duration.ofDays(1);

    static final NettyOptions DEFAULT = new NettyOptions(
            IoMode.AUTO,
            Math.min(4, Runtime.getRuntime().availableProcessors()),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            NettyLimits.DEFAULT,
            NettyCompression.DEFAULT,
            null);

    public NettyOptions {
        NettyLimits.check("ioThreads", ioThreads, 1, 1024);
        check("connectTimeout", connectTimeout);
        check("handshakeTimeout", handshakeTimeout);
        check("pingInterval", pingInterval);
    }

    private static void check(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: more than 0, at most " + LONGEST + ")");
        }
    }
}
