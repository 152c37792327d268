package io.bowline.rpc.spring.reference;

import io.bowline.rpc.Address;
import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.ServiceReference;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.names.RpcNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Makes the references of an application, and knows those that it made. Thread-safe. */
public final class RpcReferences implements AutoCloseable {
    private final Supplier<RpcClient> client;
    private final Function<List<Address>, RpcClient> addressed;
    private final ReferenceSettings settings;
    private final ReferenceAttributes attributes;

    /** Guarded by this. */
    private final Map<String, Made> made = new TreeMap<>();

    /** By their addresses. Guarded by this. */
    private final Map<List<Address>, RpcClient> clients = new LinkedHashMap<>();

    /**
     * A reference that was made.
     *
     * @param request as it was asked for
     * @param reference as it is
     */
    public record Made(ReferenceRequest request, ServiceReference<?> reference) {}

    /**
     * Makes them with one client.
     *
     * @param client the application's client, asked for with the first reference
     * @param addressed makes a client, closed with this, for references to fixed addresses
     * @param settings what properties say
     * @param beans where names lead and placeholders are resolved
     */
    public RpcReferences(
            Supplier<RpcClient> client,
            Function<List<Address>, RpcClient> addressed,
            ReferenceSettings settings,
            ConfigurableListableBeanFactory beans) {
        this.client = client;
        this.addressed = addressed;
        this.settings = settings;
        this.attributes = new ReferenceAttributes(beans, new RpcNames(beans));
    }

    /** The proxy of a reference; made at once, whether or not a provider is there. */
    Object make(ReferenceRequest request) {
        RpcReference annotation = request.annotation();
        List<Address> addresses = annotation == null ? List.of() : attributes.addresses(annotation);
        RpcClient used = clientOf(addresses.isEmpty() ? settings.addresses(request) : addresses);
        ServiceReference<?> reference =
                used.reference(request.contract(), options -> options(request, annotation, options));
        synchronized (this) {
            made.put(request.bean(), new Made(request, reference));
        }
        return reference.proxy();
    }

    /** All options of a reference, as properties and annotations have them at this moment. */
    public ReferenceOptions options(ReferenceRequest request, ReferenceOptions options) {
        return options(request, request.annotation(), options);
    }

    private ReferenceOptions options(
            ReferenceRequest request, @Nullable RpcReference annotation, ReferenceOptions options) {
        ReferenceOptions below = settings.beneath(request, options);
        return settings.above(request, annotation == null ? below : attributes.apply(annotation, below));
    }

    private RpcClient clientOf(List<Address> addresses) {
        if (addresses.isEmpty()) {
            return client.get();
        }
        synchronized (this) {
            return clients.computeIfAbsent(List.copyOf(addresses), addressed);
        }
    }

    /** What was made so far, by the name of its bean. */
    public synchronized Map<String, Made> all() {
        return new TreeMap<>(made);
    }

    /** Ends references to fixed addresses; the others end with the application's client. */
    @Override
    public synchronized void close() {
        clients.values().forEach(RpcClient::close);
        clients.clear();
    }
}
