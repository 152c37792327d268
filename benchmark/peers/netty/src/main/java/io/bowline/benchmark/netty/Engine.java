package io.bowline.benchmark.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/** The same choice as Bowline's: epoll, where it is there and loading it causes no warning of the JDK; else NIO. */
final class Engine {
    private static final boolean EPOLL = mayLoadNatives() && Epoll.isAvailable();

    private Engine() {}

    static EventLoopGroup loops(int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    static void end(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    static Class<? extends SocketChannel> socket() {
        return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    static Class<? extends ServerSocketChannel> serverSocket() {
        return EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** From JDK 24 on only if the process was started so; the method came with 22. */
    private static boolean mayLoadNatives() {
        if (Runtime.version().feature() < 24) {
            return true;
        }
        try {
            return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(Epoll.class.getModule());
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
