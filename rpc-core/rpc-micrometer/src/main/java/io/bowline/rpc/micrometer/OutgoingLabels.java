package io.bowline.rpc.micrometer;

import io.bowline.rpc.Metadata;

/** The labels of a call that is about to be sent, while a tracer adds its own. Used by one thread. */
public final class OutgoingLabels {
    private Metadata metadata;

    OutgoingLabels(Metadata metadata) {
        this.metadata = metadata;
    }

    /** Adds a label, or puts it in the place of one that has the same key. */
    public void set(String key, String value) {
        metadata = metadata.with(key, value);
    }

    /** All of them. */
    public Metadata metadata() {
        return metadata;
    }
}
