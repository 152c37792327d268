package io.bowline.benchmark.kit;

import java.util.List;
import java.util.ServiceLoader;

/** The peers on this class path. */
final class Peers {
    private Peers() {}

    static Peer named(String name) {
        List<Peer> all = ServiceLoader.load(Peer.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return all.stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no peer " + name + " here (known: "
                        + all.stream().map(Peer::name).toList() + ")"));
    }
}
