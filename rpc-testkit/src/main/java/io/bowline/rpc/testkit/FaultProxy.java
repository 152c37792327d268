package io.bowline.rpc.testkit;

import io.bowline.rpc.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small TCP proxy on the loopback interface that treats the bytes between a real client and a real server as badly as
 * a test says: {@link FaultLine} for each direction, {@link #reset} and {@link #refuse} for connections. Faults are
 * changed live and hold for open connections too.
 *
 * <p>For tests only: a proxy has one daemon thread, and a connection through it four. Thread-safe. What is random is
 * seeded by the number of the connection, so it repeats.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final long LONGEST_ACCEPT_MILLIS = 5_000;

    private final Address target;
    private final ServerSocket listener;
    private final Set<FaultLink> links = ConcurrentHashMap.newKeySet();
    private final FaultLever toServer = new FaultLever();
    private final FaultLever toClient = new FaultLever();
    private final Thread acceptor;
    private volatile boolean refusing;

    private FaultProxy(Address target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
        this.acceptor = new Thread(this::accept, "fault-proxy-" + listener.getLocalPort());
        acceptor.setDaemon(true);
    }

    /** Starts a proxy on a free port in front of a server, without faults. */
    public static FaultProxy to(Address target) {
        try {
            ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            FaultProxy proxy = new FaultProxy(target, listener);
            proxy.acceptor.start();
            return proxy;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Where clients connect. */
    public Address address() {
        return new Address(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    /** Sets the faults on the way to the server. */
    public void toServer(FaultLine faults) {
        toServer.set(faults);
    }

    /** Sets the faults on the way to the client. */
    public void toClient(FaultLine faults) {
        toClient.set(faults);
    }

    /** Sets the faults in both directions. */
    public void both(FaultLine faults) {
        toServer(faults);
        toClient(faults);
    }

    /** Resets each new connection at once, or takes them again. */
    public void refuse(boolean refusing) {
        this.refusing = refusing;
    }

    /** Resets all open connections: both sides see "connection reset by peer". */
    public void reset() {
        links.forEach(FaultLink::reset);
    }

    /** How many connections are open. */
    public int connections() {
        return links.size();
    }

    private void accept() {
        for (int number = 0; !listener.isClosed(); number++) {
            try {
                connect(listener.accept(), number);
            } catch (IOException closed) {
                // The listener was closed, or a client gave up before it was accepted: go on or end, by the loop.
            }
        }
    }

    private void connect(Socket client, int number) throws IOException {
        if (refusing) {
            FaultLink.reset(client);
            return;
        }
        try {
            FaultLink link = new FaultLink(client, new Socket(target.host(), target.port()), links::remove);
            links.add(link);
            link.start(toServer, toClient, number);
        } catch (IOException noServer) {
            FaultLink.reset(client);
        }
    }

    /**
     * Ends all connections and the listening. It waits for the accepting thread: the operating system goes on taking
     * connections until that thread has left its call.
     */
    @Override
    public void close() {
        try {
            listener.close();
            acceptor.join(LONGEST_ACCEPT_MILLIS);
        } catch (IOException alreadyBroken) {
            throw new UncheckedIOException(alreadyBroken);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            links.forEach(FaultLink::close);
        }
    }
}
