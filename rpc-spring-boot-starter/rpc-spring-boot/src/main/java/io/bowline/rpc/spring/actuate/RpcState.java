package io.bowline.rpc.spring.actuate;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryStatus;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.spring.reference.RpcReferences;
import io.bowline.rpc.spring.registry.RpcRegistries;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How an application's server, references and registries stand at a moment, in texts and numbers. Thread-safe. */
public final class RpcState {
    private final Supplier<@Nullable RpcServerLifecycle> server;
    private final Supplier<@Nullable RpcReferences> references;
    private final Supplier<@Nullable RpcRegistries> registries;
    private final Supplier<@Nullable RpcClient> client;

    /**
     * A server.
     *
     * @param state SERVING, DRAINING or CLOSED
     * @param address where it listens
     * @param running calls that are under way
     * @param services what it offers
     * @param registrations as what it is registered, and where
     */
    public record Server(
            String state, String address, int running, List<Offered> services, List<Registered> registrations) {}

    /**
     * A service that is offered.
     *
     * @param name with version and group
     * @param implementation the class behind it
     * @param methods with parameter types
     * @param weight its share of the calls
     * @param labels for routing
     */
    public record Offered(
            String name, String implementation, List<String> methods, int weight, Map<String, String> labels) {}

    /**
     * A registration.
     *
     * @param registry where
     * @param address what others are told
     * @param reason why it is this address
     * @param established whether the registry is known to hold it
     */
    public record Registered(String registry, String address, String reason, boolean established) {}

    /**
     * A registry.
     *
     * @param registry which
     * @param reachable whether it answers now
     * @param lastAnswer when it last did; null if never
     */
    public record RegistryView(
            String registry, boolean reachable, @Nullable String lastAnswer) {}

    /**
     * A reference.
     *
     * @param service what it calls
     * @param contract the interface
     * @param known how many providers there are
     * @param usable how many of them can take a call
     * @param providers all of them
     * @param methods by name, the options in force: each with its value, and who set it
     */
    public record Reference(
            String service,
            String contract,
            int known,
            int usable,
            List<Provider> providers,
            Map<String, Map<String, String>> methods) {}

    /**
     * A provider.
     *
     * @param address where
     * @param state connected, left out, connecting, draining, down or closed
     * @param weight as balancers see it
     * @param latencyMicros what it takes of late; 0 if nothing is known
     * @param inFlight calls that it has not answered, and what failures count as
     */
    public record Provider(String address, String state, int weight, long latencyMicros, int inFlight) {}

    /** Of these, as far as the application has them by now. */
    public RpcState(
            Supplier<@Nullable RpcServerLifecycle> server,
            Supplier<@Nullable RpcReferences> references,
            Supplier<@Nullable RpcRegistries> registries,
            Supplier<@Nullable RpcClient> client) {
        this.server = server;
        this.references = references;
        this.registries = registries;
        this.client = client;
    }

    /** The server; null where none runs. */
    public @Nullable Server server() {
        RpcServerLifecycle lifecycle = server.get();
        RpcServer running = lifecycle == null ? null : lifecycle.server();
        if (running == null) {
            return null;
        }
        return new Server(
                running.state().toString(),
                running.address().toString(),
                running.running(),
                running.services().stream()
                        .map(service -> new Offered(
                                service.name().toString(),
                                service.implementation(),
                                service.methods(),
                                service.weight(),
                                service.labels()))
                        .toList(),
                running.registrations().stream()
                        .map(registered -> new Registered(
                                registered.registry(),
                                registered.instance().address().toString(),
                                registered.reason(),
                                registered.established()))
                        .toList());
    }

    /** The registries. */
    public List<RegistryView> registries() {
        RpcRegistries all = registries.get();
        return all == null
                ? List.of()
                : all.all().stream().map(Registry::status).map(RpcState::view).toList();
    }

    private static RegistryView view(RegistryStatus status) {
        return new RegistryView(
                status.description(),
                status.reachable(),
                status.lastAnswer() == null ? null : status.lastAnswer().toString());
    }

    /** The references that were made, by the names of their beans. */
    public Map<String, Reference> references() {
        RpcReferences all = references.get();
        Map<String, Reference> views = new TreeMap<>();
        if (all != null) {
            all.all().forEach((bean, made) -> views.put(bean, view(made)));
        }
        return views;
    }

    private static Reference view(RpcReferences.Made made) {
        CallReport.Circumstances now = made.reference().circumstances();
        Map<String, Map<String, String>> methods = new TreeMap<>();
        made.reference().options().forEach((method, options) -> {
            Map<String, String> inForce = new TreeMap<>();
            options.forEach(option -> inForce.put(option.name(), option.value() + ", by " + option.origin()));
            methods.put(method, inForce);
        });
        return new Reference(
                made.reference().service().toString(),
                made.reference().contract().getName(),
                now.known(),
                now.usable(),
                now.providers().stream().map(RpcState::view).toList(),
                methods);
    }

    private static Provider view(CallReport.Provider provider) {
        return new Provider(
                provider.address().toString(),
                provider.state(),
                provider.weight(),
                provider.latency().toNanos() / 1_000,
                provider.inFlight());
    }

    /** The routing rules that are obeyed, as they stand. */
    public List<String> rules() {
        RpcClient made = client.get();
        return made == null
                ? List.of()
                : made.routing().rules().rules().stream().map(Object::toString).toList();
    }
}
