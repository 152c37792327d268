package io.bowline.benchmark.kit;

import java.util.ServiceLoader;

/** Lists the peers of its class path, a line each: name, description and whether it has asynchronous calls, by tabs. */
public final class PeersMain {
    private PeersMain() {}

    public static void main(String[] args) {
        for (Peer peer : ServiceLoader.load(Peer.class)) {
            System.out.println(
                    String.join("\t", "PEER", peer.name(), peer.description(), Boolean.toString(peer.async())));
        }
    }
}
