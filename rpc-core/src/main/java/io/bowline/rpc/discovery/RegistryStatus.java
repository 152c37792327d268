package io.bowline.rpc.discovery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a registry is reached.
 *
 * @param description which registry, with its namespace and without secrets: {@code zookeeper://zk1:2181/bowline}
 * @param reachable whether it answers now
 * @param lastAnswer when it last answered; null if it never did
 */
public record RegistryStatus(
        String description, boolean reachable, @Nullable Instant lastAnswer) {}
