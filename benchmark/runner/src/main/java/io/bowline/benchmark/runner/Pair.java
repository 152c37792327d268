package io.bowline.benchmark.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A fresh server and a fresh client of one peer. */
final class Pair implements AutoCloseable {
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final String RESULT = "RESULT ";
    private static final String FAILED = "FAILED ";

    private final Child server;
    private final Child client;

    /** What the client answered an order. */
    record Answer(boolean failed, String text) {}

    private Pair(Child server, Child client) {
        this.server = server;
        this.client = client;
    }

    static Pair start(PeerModule module, String peer, List<String> flags, Path logs)
            throws IOException, Gone, InterruptedException {
        String port = Integer.toString(freePort());
        Child server = Child.start(
                "the server", module.command(flags, "ServerMain", peer, port), logs.resolve(peer + "-server.err"));
        try {
            String control = server.await(TO_START, "READY ").substring("READY ".length());
            String log = logs.resolve(peer + "-jmh.log").toString();
            List<String> clientFlags = new ArrayList<>(flags);
            clientFlags.add("-Djmh.ignoreLock=true"); // whoever else measures on this machine shows up as noise
            Child client = Child.start(
                    "the client",
                    module.command(clientFlags, "ClientMain", peer, port, control, log),
                    logs.resolve(peer + "-client.err"));
            Pair pair = new Pair(server, client);
            try {
                client.await(TO_START, RESULT);
                return pair;
            } catch (Gone | RuntimeException failed) {
                client.close();
                throw failed;
            }
        } catch (Gone | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** Gives the client an order and waits for its answer; a process that does not answer in time is killed. */
    Answer ask(String order, Duration bound) throws Gone, InterruptedException {
        client.tell(order);
        String line = client.await(bound, RESULT, FAILED);
        String text = line.substring(RESULT.length());
        return line.startsWith(FAILED)
                ? new Answer(true, text.startsWith(order + ": ") ? text.substring(order.length() + 2) : text)
                : new Answer(false, text);
    }

    /** Ours, for whom the machine is. */
    List<ProcessHandle> handles() {
        return List.of(server.handle(), client.handle(), ProcessHandle.current());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
