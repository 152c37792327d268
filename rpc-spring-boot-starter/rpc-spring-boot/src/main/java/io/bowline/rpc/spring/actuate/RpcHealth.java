package io.bowline.rpc.spring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The health of an application's server, registries and references. A registry that is away and a provider that is missing
 * are told and harm nobody's health, for calls go on, or fail with their own message; but for references that the
 * application says it cannot do without.
 */
public final class RpcHealth {
    private final RpcState state;
    private final Set<String> required;

    /** How something is. */
    public enum Status {
        /** As it should be. */
        UP,
        /** Something is amiss with which the application can live. */
        UNKNOWN,
        /** It is going, or has gone, as was meant. */
        OUT_OF_SERVICE,
        /** The application cannot do its work. */
        DOWN
    }

    /**
     * A finding.
     *
     * @param status how it is
     * @param details what that is gathered from
     */
    public record Finding(Status status, Map<String, Object> details) {}

    /** @param required the beans of references without whose providers the application is down */
    public RpcHealth(RpcState state, List<String> required) {
        this.state = state;
        this.required = Set.copyOf(required);
    }

    /** Of the server. */
    public Finding server() {
        RpcState.Server server = state.server();
        if (server == null) {
            return new Finding(Status.UNKNOWN, Map.of("server", "not running"));
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", server.state());
        details.put("address", server.address());
        details.put("running", server.running());
        details.put(
                "services",
                server.services().stream().map(RpcState.Offered::name).toList());
        details.put("registrations", server.registrations());
        return new Finding(server.state().equals("SERVING") ? Status.UP : Status.OUT_OF_SERVICE, details);
    }

    /** Of the registries. */
    public Finding registry() {
        List<RpcState.RegistryView> registries = state.registries();
        boolean all = registries.stream().allMatch(RpcState.RegistryView::reachable);
        return new Finding(all ? Status.UP : Status.UNKNOWN, Map.of("registries", registries));
    }

    /** Of the references. */
    public Finding references() {
        Map<String, Object> details = new LinkedHashMap<>();
        Status[] worst = {Status.UP};
        state.references().forEach((bean, reference) -> {
            Status own = reference.usable() > 0 ? Status.UP : required.contains(bean) ? Status.DOWN : Status.UNKNOWN;
            details.put(
                    bean,
                    own + ", " + reference.usable() + " of " + reference.known() + " providers of "
                            + reference.service() + " can be called");
            if (own.compareTo(worst[0]) > 0) {
                worst[0] = own;
            }
        });
        required.stream().filter(bean -> !details.containsKey(bean)).forEach(bean -> {
            details.put(bean, Status.DOWN + ", no such reference");
            worst[0] = Status.DOWN;
        });
        return new Finding(worst[0], details);
    }
}
