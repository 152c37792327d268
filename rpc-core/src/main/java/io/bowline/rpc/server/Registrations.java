package io.bowline.rpc.server;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server is registered as, and where: each of its instances in each of its registries. Thread-safe. */
final class Registrations {
    private static final Logger log = LoggerFactory.getLogger(RpcServer.class);

    private final ServerOptions options;
    private final List<ServiceExport> exports;
    private final Set<String> serializers;
    private final List<Registry> registries;

    // Guarded by this.
    private List<Held> held = List.of();
    private boolean begun;
    private boolean ended;

    private record Held(String registry, Instance instance, String reason, Registration registration) {}

    /** Services that are registered as one instance. */
    private record Terms(int weight, Map<String, String> labels) {}

    Registrations(
            ServerOptions options, List<ServiceExport> exports, Set<String> serializers, List<Registry> registries) {
        this.options = options;
        this.exports = exports;
        this.serializers = serializers;
        this.registries = registries;
    }

    /** Registers everywhere, or, if a registry refuses, nowhere. Once; does nothing after {@link #close}. */
    synchronized void register(Address bound) {
        if (begun || ended) {
            return;
        }
        List<Held> registered = new ArrayList<>();
        try {
            for (Registry registry : registries) {
                registerIn(registry, bound, registered);
            }
        } catch (RuntimeException refused) {
            registered.forEach(each -> each.registration().close());
            throw refused;
        }
        begun = true;
        held = List.copyOf(registered);
    }

    private void registerIn(Registry registry, Address bound, List<Held> registered) {
        String where = registry.status().description();
        AdvertisedAddress advertised = AdvertisedAddress.choose(options, bound, where);
        byTerms().forEach((terms, services) -> {
            Instance instance = new Instance(
                    UUID.randomUUID().toString(),
                    options.application(),
                    advertised.address(),
                    services,
                    serializers,
                    terms.weight(),
                    terms.labels());
            registered.add(new Held(where, instance, advertised.reason(), registry.register(instance)));
        });
        log.info("Registering {} ({}) in {}", advertised.address(), advertised.reason(), where);
    }

    private Map<Terms, List<ServiceName>> byTerms() {
        Map<Terms, List<ServiceName>> services = new LinkedHashMap<>();
        for (ServiceExport export : exports) {
            Terms terms = new Terms(export.weight(options), export.labels(options));
            services.computeIfAbsent(terms, first -> new ArrayList<>())
                    .add(export.contract().name());
        }
        return services;
    }

    synchronized List<RegisteredInstance> view() {
        return held.stream()
                .map(each -> new RegisteredInstance(
                        each.registry(),
                        each.instance(),
                        each.reason(),
                        each.registration().established()))
                .toList();
    }

    /** Leaves all registries, for good. */
    void close() {
        List<Held> left;
        synchronized (this) {
            ended = true;
            left = held;
            held = List.of();
        }
        left.forEach(each -> each.registration().close());
    }
}
