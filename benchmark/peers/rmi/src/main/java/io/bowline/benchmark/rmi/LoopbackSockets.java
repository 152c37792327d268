package io.bowline.benchmark.rmi;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.RMIServerSocketFactory;

/**
 * Sockets of the loopback address. A stub brings along this factory and the port of its server, which is not where it
 * shall connect if something stands between: the factory connects to the port of the thread that looked the stub up.
 *
 * @param port where its sockets connect to
 */
record LoopbackSockets(int port) implements RMIClientSocketFactory, RMIServerSocketFactory, Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** The port for what this thread looks up. */
    static final ThreadLocal<Integer> LOOKING_UP = new ThreadLocal<>();

    @Override
    public Socket createSocket(String host, int ofServer) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
    }

    @Serial
    private Object readResolve() {
        return new LoopbackSockets(LOOKING_UP.get());
    }
}
