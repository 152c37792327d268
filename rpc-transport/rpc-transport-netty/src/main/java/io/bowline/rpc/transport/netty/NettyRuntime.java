package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Receiver;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a transport that is in use consists of: its I/O threads, its resolver thread and what runs on them. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures arrive at exceptionCaught or at a listener.
final class NettyRuntime {
    /** Bytes that one connection hands to the socket before it waits; fragments of large messages take turns above it. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 128 << 10);

    /** How long the I/O threads still take tasks after the last one: closing a socket is several. */
    private static final int CLOSING_MILLIS = 50;

    private final NettyOptions options;
    private final IoEngine engine;
    private final EventLoopGroup loops;
    private final ExecutorService resolver;
    private final @Nullable TlsSockets tls;
    private final Set<NettyBinding> bindings = ConcurrentHashMap.newKeySet();
    private final Set<ClientLink> links = ConcurrentHashMap.newKeySet();

    NettyRuntime(NettyOptions options) {
        this.options = options;
        this.engine = IoEngine.of(options.io());
        this.loops = new MultiThreadIoEventLoopGroup(options.ioThreads(), BowlineIoThread::new, engine.handlers());
        this.resolver = resolver();
        Tls wanted = options.tls();
        this.tls = wanted == null ? null : new TlsSockets(wanted);
    }

    /** Name services block, so they are asked on a thread of their own, which goes when it is idle. */
    private static ExecutorService resolver() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "bowline-resolver");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    CompletionStage<Connection> connect(Address address) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(engine.socket())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        Connector connector = new Connector(address, options, bootstrap, tls, this::keep);
        resolver.execute(connector::resolveAndConnect);
        return connector.result();
    }

    private void keep(ClientLink link) {
        links.add(link);
        link.closed().thenRun(() -> links.remove(link));
    }

    CompletionStage<Binding> bind(Address address, Receiver receiver) {
        NettyBinding binding = new NettyBinding(receiver, options, tls);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(engine.serverSocket())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        binding.accepted(channel);
                    }
                });
        CompletableFuture<Binding> result = new CompletableFuture<>();
        resolver.execute(() -> {
            InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
            if (resolved.isUnresolved()) {
                result.completeExceptionally(RpcException.of(
                        Code.INVALID_CONFIGURATION, "cannot listen on " + address + ": the host name is unknown"));
                return;
            }
            try {
                if (tls != null) {
                    tls.context();
                }
            } catch (RpcException unusable) {
                result.completeExceptionally(unusable);
                return;
            }
            ChannelFuture listening = bootstrap.bind(resolved);
            listening.addListener(done -> {
                if (done.isSuccess()) {
                    InetSocketAddress local =
                            (InetSocketAddress) listening.channel().localAddress();
                    binding.listening(listening.channel(), new Address(address.host(), local.getPort()));
                    bindings.add(binding);
                    binding.ended().thenRun(() -> bindings.remove(binding));
                    result.complete(binding);
                } else {
                    result.completeExceptionally(cannotBind(address, listening.cause()));
                }
            });
        });
        return result;
    }

    private static RpcException cannotBind(Address address, Throwable cause) {
        String why = String.valueOf(cause.getMessage());
        return why.contains("in use")
                ? RpcException.of(
                        Code.PORT_IN_USE,
                        "port " + address.port() + " of " + address.host()
                                + " is in use by another process or server; stop it, or choose another port (0 for a free"
                                + " one)",
                        cause)
                : RpcException.of(Code.INVALID_CONFIGURATION, "cannot listen on " + address + ": " + why, cause);
    }

    void close() {
        bindings.forEach(NettyBinding::close);
        resolver.shutdown();
        List<ClientLink> open = List.copyOf(links);
        open.forEach(ClientLink::closeWithTransport);
        loops.shutdownGracefully(CLOSING_MILLIS, 5_000, TimeUnit.MILLISECONDS).addListener(ended -> {
            open.forEach(ClientLink::loopEnded);
            if (tls != null) {
                tls.close();
            }
        });
    }
}
