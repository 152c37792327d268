package io.bowline.rpc.discovery;

import java.time.Instant;
import java.util.List;

/**
 * All that a registry knows of one service at one moment.
 *
 * @param service the interface's name
 * @param instances who offers it, each instance once, in a stable order
 * @param revision grows with each snapshot of one watch
 * @param at when the registry told it
 */
public record Snapshot(String service, List<Instance> instances, long revision, Instant at) {
    public Snapshot {
        instances = List.copyOf(instances);
    }
}
