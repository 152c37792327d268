package io.bowline.rpc.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection through a {@link FaultProxy}: two sockets and a pump in each direction. */
final class FaultLink {
    private final Socket client;
    private final Socket server;
    private final Consumer<FaultLink> closed;
    private final List<FaultPump> pumps = new CopyOnWriteArrayList<>();
    private final AtomicInteger flowing = new AtomicInteger(2);
    private final AtomicBoolean ending = new AtomicBoolean();

    FaultLink(Socket client, Socket server, Consumer<FaultLink> closed) throws IOException {
        this.client = client;
        this.server = server;
        this.closed = closed;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start(FaultLever toServer, FaultLever toClient, int number) {
        pumps.add(new FaultPump(this, client, server, toServer, 2L * number));
        pumps.add(new FaultPump(this, server, client, toClient, 2L * number + 1));
        pumps.forEach(pump -> pump.start("fault-proxy-link-" + number));
    }

    /** One direction came to its end in good order; the other may still flow. */
    void ended() {
        if (flowing.decrementAndGet() == 0) {
            close();
        }
    }

    void reset() {
        end(FaultLink::reset);
    }

    void close() {
        end(socket -> quietly(socket::close));
    }

    /** Ends both sockets in one way: the pumps fail at that, and must not end the second one in another. */
    private void end(Consumer<Socket> way) {
        if (ending.compareAndSet(false, true)) {
            way.accept(client);
            way.accept(server);
            pumps.forEach(FaultPump::stop);
            closed.accept(this);
        }
    }

    /** Closes a socket so that its peer sees a reset instead of an end. */
    static void reset(Socket socket) {
        quietly(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    private static void quietly(Closing closing) {
        try {
            closing.close();
        } catch (IOException alreadyBroken) {
            // Nothing is left to be closed.
        }
    }

    @FunctionalInterface
    private interface Closing {
        void close() throws IOException;
    }
}
