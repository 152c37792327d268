package io.bowline.rpc.registry.nacos.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds a port whose neighbours, which a Nacos server takes too, are free with it. */
final class FreePorts {
    /** Raft at -1000, HTTP at 0, gRPC for clients at +1000 and for members at +1001. */
    private static final int[] OFFSETS = {-1000, 0, 1000, 1001};

    private static final int ATTEMPTS = 1_000;

    /** Below the range that operating systems give to outgoing connections, which could take a port in between. */
    private static final int FIRST = 11_000;

    private static final int LAST = 31_000;

    private FreePorts() {}

    /** A port for HTTP. Another process may still take it before the server does. */
    static int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (allFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no four free ports for a Nacos server in " + ATTEMPTS + " attempts");
    }

    private static boolean allFree(int port) {
        for (int offset : OFFSETS) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(port + offset));
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
