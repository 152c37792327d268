package io.bowline.rpc;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one call went, and why: who could be called, who was, how long that took, and which options were in force. Holds no
 * argument and no result. {@link #toString()} tells it in lines. Immutable.
 *
 * @param method what was called
 * @param startNanos when it began, in terms of {@link Timer#nanoTime()}
 * @param took how long, as the caller saw it
 * @param deadline what the call had, and who granted it
 * @param left how much of it was left at the end; less than nothing if it was over
 * @param failure how it failed; null if it was answered
 * @param attempts in the order in which they ended; those of a call that was answered are known only if it was recorded
 * @param circumstances whom it could have gone to, when the report was made
 * @param options what was in force for the method, by name
 */
public record CallReport(
        RpcMethod method,
        long startNanos,
        Duration took,
        Deadline deadline,
        Duration left,
        @Nullable RpcException failure,
        List<Attempt> attempts,
        Circumstances circumstances,
        List<Option> options) {
    public CallReport {
        attempts = List.copyOf(attempts);
        options = List.copyOf(options);
    }

    /**
     * Whom calls of a method can go to at a moment.
     *
     * @param registries what each of them says
     * @param routes what rules leave of the usable providers, one after the other; empty without rules
     * @param known how many providers there are
     * @param usable how many of them can take a call
     * @param providers some of them
     */
    public record Circumstances(
            List<RegistryView> registries, List<Route> routes, int known, int usable, List<Provider> providers) {
        /** Of a call that nothing is known of. */
        public static final Circumstances UNKNOWN = new Circumstances(List.of(), List.of(), 0, 0, List.of());

        public Circumstances {
            registries = List.copyOf(registries);
            routes = List.copyOf(routes);
            providers = List.copyOf(providers);
        }
    }

    /**
     * A registry.
     *
     * @param registry which one
     * @param reachable whether it answered when the report was made
     * @param revision of what it last told
     * @param age of what it last told; null if it never told anything
     * @param providers how many it told of
     */
    public record RegistryView(
            String registry,
            boolean reachable,
            long revision,
            @Nullable Duration age,
            int providers) {}

    /**
     * A rule.
     *
     * @param rule its name
     * @param before how many providers it was given
     * @param after how many it left to the call
     */
    public record Route(String rule, int before, int after) {}

    /**
     * A provider.
     *
     * @param address where
     * @param state {@code connected}, {@code left out}, {@code connecting}, {@code draining}, {@code down} or {@code closed}
     * @param weight as balancers see it
     * @param latency what it takes of late; zero if nothing is known
     * @param inFlight calls of this client that it has not answered, and what failures count as
     */
    public record Provider(Address address, String state, int weight, Duration latency, int inFlight) {}

    /**
     * An option in force.
     *
     * @param name as in the options' builders
     * @param value in words
     * @param origin who set it: {@code default}, {@code contract}, {@code client}, {@code reference}, {@code method …} or
     *     {@code rule …}
     */
    public record Option(String name, String value, String origin) {}

    /** In lines, for people. */
    @Override
    public String toString() {
        return CallReportText.of(this);
    }
}
