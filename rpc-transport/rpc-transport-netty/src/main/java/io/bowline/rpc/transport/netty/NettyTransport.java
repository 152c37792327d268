package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The native protocol over TCP; {@code docs/protocol.md} says what travels.
 *
 * <p>One transport serves any number of clients and servers of a process with a few daemon threads, {@code
 * bowline-io-N}, which start with the first connection or binding. Made with {@link #builder()}, or without options.
 */
public final class NettyTransport implements Transport {
    private final NettyOptions options;

    /** Guarded by this; null until first used and after closing. */
    private @Nullable NettyRuntime runtime;

    private boolean closed;

    /** A transport with the default options. */
    public NettyTransport() {
        this(builder().options());
    }

    NettyTransport(NettyOptions options) {
        this.options = options;
    }

    /** A transport with options of one's own. */
    public static NettyTransportBuilder builder() {
        return new NettyTransportBuilder();
    }

    /** The settings in force. */
    public NettyOptions options() {
        return options;
    }

    @Override
    public String name() {
        return "netty";
    }

    @Override
    public CompletionStage<Connection> connect(Address address) {
        try {
            return runtime().connect(address);
        } catch (RpcException unusable) {
            return CompletableFuture.failedFuture(unusable.asUnprocessed());
        } catch (RejectedExecutionException closedMeanwhile) {
            return CompletableFuture.failedFuture(isClosed().asUnprocessed());
        }
    }

    @Override
    public CompletionStage<Binding> bind(Address address, Receiver receiver) {
        try {
            return runtime().bind(address, receiver);
        } catch (RpcException unusable) {
            return CompletableFuture.failedFuture(unusable);
        } catch (RejectedExecutionException closedMeanwhile) {
            return CompletableFuture.failedFuture(isClosed());
        }
    }

    private synchronized NettyRuntime runtime() {
        if (closed) {
            throw isClosed();
        }
        if (runtime == null) {
            runtime = new NettyRuntime(options);
        }
        return runtime;
    }

    private static RpcException isClosed() {
        return RpcException.of(Code.CLOSED, "the transport is closed");
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (runtime != null) {
            runtime.close();
            runtime = null;
        }
    }
}
