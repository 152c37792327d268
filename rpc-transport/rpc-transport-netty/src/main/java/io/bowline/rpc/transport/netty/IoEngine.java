package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;

/** One way of waiting for the network: what Netty needs to build its threads and sockets. */
record IoEngine(
        IoHandlerFactory handlers,
        Class<? extends SocketChannel> socket,
        Class<? extends ServerSocketChannel> serverSocket) {

    /**
     * The engine of a mode; {@code INVALID_CONFIGURATION} where this machine does not have it.
     */
    static IoEngine of(IoMode mode) {
        return switch (mode) {
            case AUTO -> mayLoadNatives() && Epoll.isAvailable() ? epoll() : nio();
            case NIO -> nio();
            case EPOLL -> {
                check(mode, Epoll.isAvailable() ? null : Epoll.unavailabilityCause());
                yield epoll();
            }
        };
    }

    private static IoEngine epoll() {
        return new IoEngine(EpollIoHandler.newFactory(), EpollSocketChannel.class, EpollServerSocketChannel.class);
    }

    private static IoEngine nio() {
        return new IoEngine(NioIoHandler.newFactory(), NioSocketChannel.class, NioServerSocketChannel.class);
    }

    /**
     * Whether the JDK lets Netty load native code without a warning: always before 24; from 24 on if the process was
     * started with {@code --enable-native-access}. {@code Module.isNativeAccessEnabled} came with 22.
     */
    private static boolean mayLoadNatives() {
        if (Runtime.version().feature() < 24) {
            return true;
        }
        try {
            Module netty = Epoll.class.getModule();
            return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(netty);
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }

    private static void check(IoMode mode, @Nullable Throwable missing) {
        if (missing != null) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "io: " + mode + " is not available here: " + missing + "; use AUTO",
                    missing);
        }
    }
}
