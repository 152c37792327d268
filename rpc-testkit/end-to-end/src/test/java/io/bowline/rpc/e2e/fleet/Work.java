package io.bowline.rpc.e2e.fleet;

import io.bowline.rpc.Idempotent;

/** What the processes of a fleet offer. */
public interface Work {
    /** The number of the process that answers, after its pause; fails if it is one that fails. */
    @Idempotent
    int ask();

    /** Done once: the process notes the id before it answers. */
    int order(long id);

    /** How many calls of {@link #ask} the process has begun. */
    int asked();
}
