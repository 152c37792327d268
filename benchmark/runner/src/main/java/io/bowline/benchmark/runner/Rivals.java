package io.bowline.benchmark.runner;

import java.util.ArrayList;
import java.util.List;

/**
 * Who is compared with whom: a service that may block with services that may block, and one that runs on the I/O thread
 * with those that run there. The first of each is Bowline.
 */
enum Rivals {
    DEFAULT("bowline", "The service may block and runs off the I/O thread"),
    DIRECT("bowline-direct", "The service must not block and runs on the I/O thread");

    private static final String BOTH = "turbo"; // and turbo-…

    private final String ours;
    private final String title;

    Rivals(String ours, String title) {
        this.ours = ours;
        this.title = title;
    }

    String ours() {
        return ours;
    }

    /** In words, for these. */
    String title(List<String> peers) {
        boolean exception = this == DEFAULT && peers.stream().anyMatch(peer -> peer.startsWith(BOTH));
        return title + (exception ? " (" + BOTH + ": on it, it has no other way)" : "");
    }

    /** These of the peers, Bowline first. turbo-rpc is in both. */
    List<String> among(List<String> peers) {
        List<String> rivals = new ArrayList<>();
        if (peers.contains(ours)) {
            rivals.add(ours);
        }
        for (String peer : peers) {
            boolean direct = peer.endsWith("-direct") || peer.startsWith("netty-");
            boolean both = peer.startsWith(BOTH);
            if (!peer.startsWith("bowline") && (both || direct == (this == DIRECT))) {
                rivals.add(peer);
            }
        }
        return rivals;
    }
}
