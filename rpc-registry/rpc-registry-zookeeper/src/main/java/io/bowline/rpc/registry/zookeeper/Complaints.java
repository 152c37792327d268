package io.bowline.rpc.registry.zookeeper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that somebody else can provoke: one line a minute of each kind, with the number of those that were swallowed.
 * Confined to the registry's thread.
 */
final class Complaints {
    private static final Logger log = LoggerFactory.getLogger(ZookeeperRegistry.class);
    private static final long PAUSE = 60_000_000_000L;

    private boolean spoken;
    private long spokenAt;
    private long swallowed;

    void warn(String registry, String problem) {
        long now = System.nanoTime();
        if (spoken && now - spokenAt < PAUSE) {
            swallowed++;
            return;
        }
        String others = swallowed == 0 ? "" : " (and " + swallowed + " more like this before)";
        log.warn("{}: {}{}", registry, problem, others);
        spoken = true;
        spokenAt = now;
        swallowed = 0;
    }
}
