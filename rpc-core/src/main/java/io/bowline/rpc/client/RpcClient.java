package io.bowline.rpc.client;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.StaticRegistry;
import io.bowline.rpc.service.ContractCodecs;
import io.bowline.rpc.service.ContractMethod;
import io.bowline.rpc.service.Door;
import io.bowline.rpc.service.GenericService;
import io.bowline.rpc.service.ServiceContract;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.Serializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes proxies of remote services, and owns their connections. Thread-safe; an application needs one.
 *
 * <pre>{@code
 * try (var client = RpcClient.connect("zookeeper://zk1:2181")) {
 *     Greeter greeter = client.proxy(Greeter.class);
 *     greeter.hello("World");
 * }
 * }</pre>
 */
public final class RpcClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RpcClient.class);

    private final Serializer serializer;
    private final MethodOptions defaults;
    private final Choice choice;
    private final ReferencePolicies.Client policies;
    private final List<Registry> registries;
    private final ConnectionPools pools;
    private final ClientStack stack;
    private final Routing routing;
    private final Door.Surroundings surroundings;
    private final List<AutoCloseable> owned;

    /** Guarded by this. */
    private final List<Directory> directories = new ArrayList<>();

    /** Guarded by this. */
    private final List<ServiceReference<?>> references = new ArrayList<>();

    private boolean closed;

    RpcClient(RpcClientBuilder builder) {
        owned = new ArrayList<>();
        serializer = builder.serializer();
        defaults = builder.defaults();
        choice = builder.choice();
        policies = new ReferencePolicies.Client(defaults, builder.outliers(), builder.bulkhead());
        registries = builder.registries();
        Transport transport = builder.transport(owned);
        pools = builder.pools(transport);
        stack = builder.stack();
        routing = builder.routing(owned);
        surroundings = builder.surroundings(owned);
        owned.addAll(builder.ownRegistries());
    }

    public static RpcClientBuilder builder() {
        return new RpcClientBuilder();
    }

    /**
     * A client of one target, with everything else at its default: addresses, {@code host:port,host:port}, or a
     * registry's URI, {@code zookeeper://zk1:2181,zk2/namespace}. Does not wait for anything to be reachable.
     */
    public static RpcClient connect(String target) {
        RpcClientBuilder builder = builder();
        return target.contains("://")
                ? builder.registry(target).build()
                : builder.addresses(Arrays.stream(target.split(",", -1))
                                .map(Address::parse)
                                .toArray(Address[]::new))
                        .build();
    }

    /** A proxy of the contract, without version and group, with the client's defaults. */
    public <T> T proxy(Class<T> contract) {
        return proxy(contract, options -> options);
    }

    /**
     * A proxy of the contract. It is made at once, whether or not a provider is there yet.
     *
     * @throws io.bowline.rpc.RpcException {@code INVALID_CONFIGURATION} or {@code NOT_SERIALIZABLE}
     */
    public <T> T proxy(Class<T> contract, UnaryOperator<ReferenceOptions> options) {
        return reference(contract, options).proxy();
    }

    /** The same, and what stands behind the proxy: for those who want to look at it, change it, or end it. */
    public <T> ServiceReference<T> reference(Class<T> contract, UnaryOperator<ReferenceOptions> options) {
        ReferenceOptions reference = options.apply(new ReferenceOptions());
        ServiceContract described = ServiceContract.of(contract, reference.version(), reference.group());
        List<RpcMethod> methods =
                described.methods().stream().map(ContractMethod::rpc).toList();
        EffectiveOptions.checkNames(described.name(), methods, reference.methods());
        ContractCodecs codecs = ContractCodecs.of(methods, serializer, described.types(reference.subtypes()));
        ReferenceCodecs shared = ReferenceCodecs.of(methods, codecs, surroundings.timer(), surroundings.callbacks());
        FallbackAnswers answers = new FallbackAnswers(described, surroundings.callbacks());
        Directory directory = directory(reference, described.name(), shared, needsAll(methods, reference));
        List<RuledDoor> doors = methods.stream()
                .map(method -> door(method, reference, answers, directory))
                .toList();
        Supplier<ServiceReference<T>> made =
                () -> new ServiceReference<>(contract, described, reference, doors, directory, this);
        ServiceReference<T> opened =
                watching(directory, asked(reference), methods, () -> doors.forEach(RuledDoor::obeyRules), made);
        synchronized (this) {
            references.add(opened);
        }
        return opened;
    }

    /** The references that are in use, in the order in which they were made; generic ones are not among them. */
    public synchronized List<ServiceReference<?>> references() {
        return List.copyOf(references);
    }

    /** The registries that are asked for providers. */
    public List<Registry> registries() {
        return registries;
    }

    /** All doors lead another way, or none. */
    void change(ReferenceOptions before, ReferenceOptions after, List<RuledDoor> doors, ServiceName service) {
        List<RpcMethod> methods = doors.stream().map(RuledDoor::method).toList();
        EffectiveOptions.checkNames(service, methods, after.methods());
        routing.exclusively(() -> {
            List<Runnable> changes = new ArrayList<>();
            for (RuledDoor door : doors) {
                EffectiveOptions options = EffectiveOptions.of(door.declared(), defaults, after);
                OptionChange.check(door.method(), EffectiveOptions.of(door.declared(), defaults, before), options);
                changes.add(door.changing(options));
            }
            changes.forEach(Runnable::run);
        });
    }

    /** The reference ends. */
    void forget(ServiceReference<?> reference) {
        synchronized (this) {
            references.remove(reference);
        }
        forget(reference.directory());
    }

    /** Fails for options that do not go with the method. */
    private RuledDoor door(
            RpcMethod declared, ReferenceOptions reference, FallbackAnswers answers, Directory directory) {
        EffectiveOptions options = EffectiveOptions.of(declared, defaults, reference);
        return new RuledDoor(declared, options, answers, directory, stack, surroundings);
    }

    /** The rules that are obeyed, and the way to change them. */
    public Routing routing() {
        return routing;
    }

    /** Whether a method's strategy has to see all providers. */
    private boolean needsAll(List<RpcMethod> methods, ReferenceOptions reference) {
        return methods.stream()
                .anyMatch(method -> EffectiveOptions.of(method, defaults, reference)
                        .strategy()
                        .value()
                        .needsAll());
    }

    private Directory directory(ReferenceOptions reference, ServiceName service, ReferenceCodecs codecs, boolean all) {
        Setting<LoadBalancer> balancer = reference.balancer();
        Choice chosen = balancer == null ? choice : choice.with(balancer.value());
        ReferencePolicies inForce = ReferencePolicies.of(service, reference, policies);
        return new Directory(service, all ? chosen.ofAll() : chosen, codecs, pools, inForce);
    }

    /**
     * Done once a reference is known to be right in all its parts.
     *
     * @param registries tell of its providers
     * @param ruled opens the reference's doors, and has them lead another way when other rules are obeyed
     * @param made makes the reference of its doors
     */
    private <T> T watching(
            Directory directory, List<Registry> registries, List<RpcMethod> methods, Runnable ruled, Supplier<T> made) {
        synchronized (this) {
            if (closed) {
                throw RpcException.unprocessed(
                        Code.CLOSED, "the client is closed; no proxy of " + directory.service() + " was made");
            }
            directories.add(directory);
        }
        try {
            routing.add(directory, methods, ruled);
            directory.watch(registries);
            return made.get();
        } catch (RuntimeException notMade) {
            forget(directory);
            throw notMade;
        }
    }

    /** Who tells of the providers. */
    private List<Registry> asked(ReferenceOptions reference) {
        List<Address> fixed = reference.addresses();
        return fixed.isEmpty() ? registries : List.of(StaticRegistry.of(fixed.toArray(Address[]::new)));
    }

    private void forget(Directory directory) {
        routing.forget(directory);
        synchronized (this) {
            directories.remove(directory);
        }
        directory.close();
    }

    /** Calls a service whose interface is not at hand; it needs the JSON serializer on both sides. */
    public GenericService generic(String service) {
        return generic(service, options -> options);
    }

    /** The same, with a version, a group or a time-out. */
    public GenericService generic(String service, UnaryOperator<ReferenceOptions> options) {
        ReferenceOptions reference = options.apply(new ReferenceOptions());
        ServiceName name = new ServiceName(service, reference.version(), reference.group());
        ContractCodecs codecs = GenericReference.codecs(name, Plugins.load(Serializer.class, Serializer::name));
        ReferenceCodecs shared = ReferenceCodecs.generic(codecs, surroundings.timer(), surroundings.callbacks());
        FallbackAnswers answers = new FallbackAnswers(null, surroundings.callbacks());
        boolean all = reference.needsAll() || MethodOptions.needsAll(defaults);
        Directory directory = directory(reference, name, shared, all);
        GenericReference made = new GenericReference(name, method -> {
            RuledDoor door = door(method, reference, answers, directory);
            door.obeyRules();
            return door.door();
        });
        return watching(directory, asked(reference), List.of(), made::forgetDoors, () -> made);
    }

    /** Ends all proxies; calls in flight fail. Closes what the client made itself, and nothing that it was given. */
    @Override
    public void close() {
        List<Directory> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(directories);
            directories.clear();
            references.clear();
        }
        open.forEach(Directory::close);
        pools.close();
        for (AutoCloseable part : owned) {
            try {
                part.close();
            } catch (Exception leftOver) {
                log.warn("Closing {} left something behind", part, leftOver);
            }
        }
        owned.clear();
    }
}
