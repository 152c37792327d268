package io.bowline.rpc.spring.reference;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.client.ReferenceOptions;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.ServiceReference;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcReferenceCustomizer;
import io.bowline.rpc.spring.names.RpcNames;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Makes the references of an application, and knows those that it made. They end with the client. Thread-safe. */
public final class RpcReferences {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Supplier<RpcClient> client;
    private final ReferenceSettings settings;
    private final ReferenceAttributes attributes;
    private final ObjectProvider<RpcReferenceCustomizer> customizers;
    private final Map<String, Made> made = new ConcurrentHashMap<>();

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
     * @param settings what properties say
     * @param beans where names lead, placeholders are resolved, and customizers are
     */
    public RpcReferences(
            Supplier<RpcClient> client, ReferenceSettings settings, ConfigurableListableBeanFactory beans) {
        this.client = client;
        this.settings = settings;
        this.customizers = beans.getBeanProvider(RpcReferenceCustomizer.class);
        this.attributes = new ReferenceAttributes(beans, new RpcNames(beans));
    }

    /** The proxy of a reference; made at once, whether or not a provider is there. */
    Object make(ReferenceRequest request) {
        ServiceReference<?> reference = reference(client.get(), request);
        made.put(request.bean(), new Made(request, reference));
        return reference.proxy();
    }

    private ServiceReference<?> reference(RpcClient client, ReferenceRequest request) {
        try {
            return client.reference(request.contract(), options -> options(request, options));
        } catch (IllegalArgumentException malformed) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "reference '" + request.name() + "' to "
                            + request.contract().getName() + ": " + malformed.getMessage(),
                    malformed);
        }
    }

    /** Adds all that properties and annotations say of a reference at this moment. */
    public ReferenceOptions options(ReferenceRequest request, ReferenceOptions options) {
        ReferenceOptions below = settings.beneath(request, options);
        RpcReference annotation = request.annotation();
        ReferenceOptions all =
                settings.above(request, annotation == null ? below : attributes.apply(annotation, below));
        customizers.orderedStream().forEach(customizer -> {
            all.origin(customizer.getClass().getSimpleName());
            customizer.customize(request.contract(), all);
        });
        return all;
    }

    /**
     * Waits until the references to these services know of a provider, for a second at most: an application whose own
     * services they are may call them as soon as it has started. Registries tell what they were told on threads of their
     * own.
     */
    public void await(Set<ServiceName> services) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (Made each : made.values()) {
            ServiceReference<?> reference = each.reference();
            while (services.contains(reference.service())
                    && reference.circumstances().known() == 0
                    && System.nanoTime() < end
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** What was made so far, by the name of its bean. */
    public Map<String, Made> all() {
        return new TreeMap<>(made);
    }
}
