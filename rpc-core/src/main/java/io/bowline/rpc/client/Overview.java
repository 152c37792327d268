package io.bowline.rpc.client;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.discovery.RegistryStatus;
import io.bowline.rpc.discovery.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Whom calls can go to, in figures, from what a directory holds at that moment. */
final class Overview {
    private static final int MOST_SHOWN = 5;

    private Overview() {}

    /** With a few of the providers. */
    static CallReport.Circumstances brief(List<Source> sources, List<CallReport.Route> routes, Roster roster) {
        return of(sources, routes, roster, MOST_SHOWN);
    }

    /** With all providers. */
    static CallReport.Circumstances of(List<Source> sources, List<CallReport.Route> routes, Roster roster) {
        return of(sources, routes, roster, Integer.MAX_VALUE);
    }

    private static CallReport.Circumstances of(
            List<Source> sources, List<CallReport.Route> routes, Roster roster, int most) {
        return new CallReport.Circumstances(
                sources.stream().map(Overview::view).toList(),
                routes,
                roster.members().size(),
                roster.usableCount(),
                roster.members().stream()
                        .limit(most)
                        .map(member -> provider(member.node))
                        .toList());
    }

    private static CallReport.RegistryView view(Source source) {
        RegistryStatus status = source.registry.status();
        Snapshot said = source.said;
        return new CallReport.RegistryView(
                status.description(),
                status.reachable(),
                said == null ? 0 : said.revision(),
                said == null ? null : Duration.between(said.at(), Instant.now()),
                said == null ? 0 : said.instances().size());
    }

    private static CallReport.Provider provider(RemoteInvoker node) {
        return new CallReport.Provider(
                node.address(), state(node), node.weight(), Duration.ofNanos(node.latencyNanos()), node.inFlight());
    }

    private static String state(RemoteInvoker node) {
        return switch (node.pool().state()) {
            case READY -> node.leftOut() ? "left out" : "connected";
            case IDLE, CONNECTING, DRAINING, DOWN, CLOSED ->
                node.pool().state().toString().toLowerCase(Locale.ROOT);
        };
    }
}
