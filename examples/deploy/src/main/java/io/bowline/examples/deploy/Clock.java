package io.bowline.examples.deploy;

import java.time.Instant;

/** The contract. */
public interface Clock {
    Reading now();

    /** What time it is, and on which node somebody looked. */
    record Reading(Instant time, String node) {}
}
