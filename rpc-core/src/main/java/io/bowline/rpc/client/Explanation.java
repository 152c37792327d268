package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Suggestions;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.RegistryStatus;
import io.bowline.rpc.filter.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Why a reference has no provider to call: in words, from what its directory holds at that moment. */
final class Explanation {
    private static final int MOST_LISTED = 5;

    private Explanation() {}

    static RpcException of(ServiceName service, List<Source> sources, Collection<Roster.Member> nodes) {
        return nodes.isEmpty() ? noProvider(service, sources) : noneUsable(service, sources, nodes);
    }

    private static RpcException noProvider(ServiceName service, List<Source> sources) {
        String where = sources.stream().map(source -> describe(service, source)).collect(Collectors.joining("; "));
        return RpcException.unprocessed(
                Code.NO_PROVIDER,
                "no provider of " + service + ": " + where
                        + ". Is the provider started, and does it register there? To call it directly, connect to its"
                        + " host:port");
    }

    private static String describe(ServiceName service, Source source) {
        RegistryStatus status = source.registry.status();
        String answered = status.lastAnswer() == null
                ? "has not answered yet"
                : "last answered " + age(status.lastAnswer()) + " ago";
        String known;
        if (source.said != null && !source.said.instances().isEmpty()) {
            String offers = source.said.instances().stream()
                    .flatMap(instance -> instance.services().stream())
                    .filter(offered -> offered.name().equals(service.name()))
                    .map(ServiceName::toString)
                    .distinct()
                    .sorted()
                    .limit(MOST_LISTED)
                    .collect(Collectors.joining(", "));
            known = "offers it only as " + offers;
        } else {
            known = Suggestions.of(service.name(), source.otherServices);
        }
        return status.description() + " " + answered + ", " + known;
    }

    private static RpcException noneUsable(ServiceName service, List<Source> sources, Collection<Roster.Member> nodes) {
        String silent = sources.stream()
                .filter(source -> source.said == null)
                .map(source -> "; " + describe(service, source))
                .collect(Collectors.joining());
        return RpcException.unprocessed(
                Code.NO_USABLE_PROVIDER,
                nodes.size() + " known of " + service + ", none usable: "
                        + listed(nodes, member -> describe(member.node)) + silent + ". Not sent");
    }

    /** Each provider could take a call, and a gate keeps this one out. */
    static RpcException refused(RpcMethod method, List<RemoteInvoker> nodes, long nowNanos) {
        return RpcException.unprocessed(
                Code.NO_USABLE_PROVIDER,
                nodes.size() + " connected of " + method.service() + ", none takes this call: "
                        + listed(nodes, node -> why(method, node, nowNanos)) + ". Not sent");
    }

    private static <N> String listed(Collection<N> nodes, Function<N, String> words) {
        String first = nodes.stream().limit(MOST_LISTED).map(words).collect(Collectors.joining("; "));
        return nodes.size() > MOST_LISTED ? first + "; and " + (nodes.size() - MOST_LISTED) + " more" : first;
    }

    /** The one provider that is meant keeps this call out. */
    static RpcException keptOut(RpcMethod method, RemoteInvoker node, long nowNanos) {
        return RpcException.unprocessed(
                Code.NO_USABLE_PROVIDER,
                method + " was not sent to " + node.address() + ", which alone was meant: "
                        + why(method, node, nowNanos));
    }

    private static String why(RpcMethod method, RemoteInvoker node, long nowNanos) {
        Gate gate = node.gate(method);
        return gate == null ? describe(node) : gate.why(nowNanos);
    }

    private static String describe(RemoteInvoker node) {
        Instance instance = node.instance();
        if (instance.weight() == 0) {
            return node.address() + " has weight 0";
        }
        RpcException failure = node.pool().lastFailure();
        String state = switch (node.pool().state()) {
            case READY -> "connected a moment ago";
            case CONNECTING, IDLE -> "connecting";
            case DRAINING -> "draining";
            case CLOSED -> "closed";
            case DOWN -> failure == null ? "connection lost" : "down: " + failure.getMessage();
        };
        return node.address() + " " + state;
    }

    private static String age(Instant then) {
        return Duration.between(then, Instant.now()).toMillis() + " ms";
    }
}
