package io.bowline.rpc.server;

import io.bowline.rpc.Address;
import io.bowline.rpc.discovery.Instance;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server is set to.
 *
 * @param listen where it listens; port 0 takes a free one
 * @param advertised what it registers; null to find out
 * @param application the application's name in the registry
 * @param weight its share of the calls, 0 to 10,000
 * @param labels free text for routing
 * @param limits how much it takes on
 */
public record ServerOptions(
        Address listen,
        @Nullable Address advertised,
        String application,
        int weight,
        Map<String, String> labels,
        Limits limits) {
    /** Every interface, a free port, the normal weight. */
    public static final ServerOptions DEFAULT = new ServerOptions(
            new Address("0.0.0.0", 0), null, "application", Instance.NORMAL_WEIGHT, Map.of(), Limits.DEFAULT);

    public ServerOptions {
        if (application.isBlank()) {
            throw new IllegalArgumentException("application: '" + application + "' (expected: not blank)");
        }
        if (weight < 0 || weight > Instance.MAX_WEIGHT) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 0 to " + Instance.MAX_WEIGHT + ")");
        }
        labels = Map.copyOf(labels);
    }

    /**
     * How much a server takes on.
     *
     * @param maxConcurrentCalls calls admitted and not ended, over all connections; more are refused as {@code OVERLOADED}
     * @param drainGrace how long {@link RpcServer#close()} waits for clients to leave and calls to end
     */
    public record Limits(int maxConcurrentCalls, Duration drainGrace) {
        /** 10,000 calls, 30 seconds. */
        public static final Limits DEFAULT = new Limits(10_000, Duration.ofSeconds(30));

        public Limits {
            if (maxConcurrentCalls < 1) {
                throw new IllegalArgumentException("maxConcurrentCalls: " + maxConcurrentCalls + " (expected: >= 1)");
            }
            if (drainGrace.isNegative()) {
                throw new IllegalArgumentException("drainGrace: " + drainGrace + " (expected: >= 0)");
            }
        }
    }
}
