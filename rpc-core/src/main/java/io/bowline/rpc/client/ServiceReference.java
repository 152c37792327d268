package io.bowline.rpc.client;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.service.Door;
import io.bowline.rpc.service.ServiceContract;
import io.bowline.rpc.service.ServiceProxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A proxy and what stands behind it: who can be called, what is in force, and how to change that while calls run.
 * Thread-safe. Ends with its client, or sooner by {@link #close()}.
 *
 * @param <T> the contract
 */
public final class ServiceReference<T> implements AutoCloseable {
    private final Class<T> contract;
    private final ServiceName service;
    private final List<RuledDoor> doors;
    private final Directory directory;
    private final RpcClient client;
    private final T proxy;

    /** Guarded by this. */
    private ReferenceOptions options;

    ServiceReference(
            Class<T> contract,
            ServiceContract described,
            ReferenceOptions options,
            List<RuledDoor> doors,
            Directory directory,
            RpcClient client) {
        this.contract = contract;
        this.service = described.name();
        this.options = options;
        this.doors = doors;
        this.directory = directory;
        this.client = client;
        List<Door> opened = doors.stream().map(RuledDoor::door).toList();
        proxy = ServiceProxy.create(contract, described, opened);
    }

    /** What is called; always the same. */
    public T proxy() {
        return proxy;
    }

    /** The interface of the proxy. */
    public Class<T> contract() {
        return contract;
    }

    /** The service that it calls. */
    public ServiceName service() {
        return service;
    }

    /** By the name of the method, everything that is in force for its calls at this moment, each with its origin. */
    public Map<String, List<CallReport.Option>> options() {
        Map<String, List<CallReport.Option>> all = new LinkedHashMap<>();
        client.routing()
                .exclusively(() -> doors.forEach(
                        door -> all.put(door.method().name(), door.inForce().inWords())));
        return all;
    }

    /** Whom calls can go to at this moment, whatever rules say: what registries told, and all providers. */
    public CallReport.Circumstances circumstances() {
        return directory.circumstances();
    }

    /**
     * Has other options obeyed from now on; calls under way end as they began. What is said here replaces all that the
     * reference was made with, or was changed to before.
     *
     * <p>Time-outs, retries, strategies, rate limits, fallbacks, caches and coalescing can change; a cache or a limit that
     * changes begins anew. Whatever providers, connections or the contract's meaning hang on cannot.
     *
     * @throws io.bowline.rpc.RpcException {@code INVALID_CONFIGURATION}, and nothing has changed, where an option cannot be
     *     changed, or does not go with a method
     */
    public void change(UnaryOperator<ReferenceOptions> options) {
        ReferenceOptions other = options.apply(new ReferenceOptions());
        synchronized (this) {
            OptionChange.check(service, this.options, other);
            client.change(this.options, other, doors, service);
            this.options = other;
        }
    }

    /** Ends the proxy; calls in flight fail. */
    @Override
    public void close() {
        client.forget(this);
    }

    Directory directory() {
        return directory;
    }

    @Override
    public String toString() {
        return "reference to " + service;
    }
}
