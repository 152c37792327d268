package io.bowline.benchmark.runner;

import java.util.Arrays;

/** How the calls come. */
enum Load {
    SYNC_1("sync-1", "sync", 1, "1 thread, waiting for each answer"),
    SYNC_32("sync-32", "sync", 32, "32 threads, each waiting for its answers"),
    ASYNC("async", "async", 1, "asynchronous, 1 thread, 256 calls in flight");

    private final String label;
    private final String kind;
    private final int threads;
    private final String description;

    Load(String label, String kind, int threads, String description) {
        this.label = label;
        this.kind = kind;
        this.threads = threads;
        this.description = description;
    }

    /** As the results call it: {@code sync-32}. */
    String label() {
        return label;
    }

    /** As the client's process calls it. */
    String kind() {
        return kind;
    }

    int threads() {
        return threads;
    }

    String description() {
        return description;
    }

    static Load labelled(String label) {
        return Arrays.stream(values())
                .filter(load -> load.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown load " + label));
    }
}
