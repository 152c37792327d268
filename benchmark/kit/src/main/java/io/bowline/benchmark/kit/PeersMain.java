package io.bowline.benchmark.kit;

import java.util.ServiceLoader;

/**
 * Lists the peers of its class path, a line each, by tabs: {@code PEER}, name, description, whether it has asynchronous
 * calls. A line {@code END} follows the last.
 */
public final class PeersMain {
    private PeersMain() {}

    public static void main(String[] args) {
        for (Peer peer : ServiceLoader.load(Peer.class)) {
            System.out.println(
                    String.join("\t", "PEER", peer.name(), peer.description(), Boolean.toString(peer.async())));
        }
        System.out.println("END");
    }
}
