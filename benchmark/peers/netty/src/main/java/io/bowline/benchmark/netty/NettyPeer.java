package io.bowline.benchmark.netty;

import io.bowline.benchmark.kit.Peer;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;

/** No framework: what the four operations can cost at least, with all bytes written by hand for them alone. */
abstract class NettyPeer implements Peer {
    private final String name;
    private final int connections;
    private final int loops;

    private NettyPeer(String name, int connections, int loops) {
        this.name = name;
        this.connections = connections;
        this.loops = loops;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "Netty "
                + Objects.requireNonNull(Version.identify().get("netty-transport"))
                        .artifactVersion() + ", bytes by hand, connections: "
                + connections + ", I/O threads a side: " + loops + ", "
                + Engine.socket().getSimpleName();
    }

    @Override
    public AutoCloseable serve(int port) throws InterruptedException {
        EventLoopGroup group = Engine.loops(loops);
        UserService users = new Users();
        new ServerBootstrap()
                .group(group)
                .channel(Engine.serverSocket())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ServerConnection(users));
                    }
                })
                .bind(loopback(port))
                .sync();
        return () -> Engine.end(group);
    }

    @Override
    public UserClient connect(int port) throws InterruptedException {
        EventLoopGroup group = Engine.loops(loops);
        ClientConnection[] all = new ClientConnection[connections];
        for (int i = 0; i < connections; i++) {
            all[i] = new ClientConnection();
            connect(group, all[i], port);
        }
        return new NettyClient(group, all);
    }

    private static void connect(EventLoopGroup group, ChannelHandler handler, int port) throws InterruptedException {
        new Bootstrap()
                .group(group)
                .channel(Engine.socket())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(handler)
                .connect(loopback(port))
                .sync();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** One connection, one thread a side. */
    public static final class Bare extends NettyPeer {
        public Bare() {
            super("netty-bare", 1, 1);
        }
    }

    /** Four connections, two threads a side. */
    public static final class Bare4 extends NettyPeer {
        public Bare4() {
            super("netty-bare-4", 4, 2);
        }
    }
}
