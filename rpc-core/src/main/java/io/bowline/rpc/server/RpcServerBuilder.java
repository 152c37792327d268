package io.bowline.rpc.server;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.DuplicatePolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.service.ServiceContract;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects what a server is made of; {@link ServerStack} assembles it. Used by one thread. */
public final class RpcServerBuilder {
    private final List<ServiceExport> exports = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private final List<Serializer> serializers = new ArrayList<>();
    private final List<Registry> registries = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Set<Class<?>> subtypes = new LinkedHashSet<>();
    private Address listen = ServerOptions.DEFAULT.listen();
    private @Nullable Address advertised;
    private String application = ServerOptions.DEFAULT.application();
    private int weight = ServerOptions.DEFAULT.weight();
    private int maxConcurrentCalls = ServerOptions.Limits.DEFAULT.maxConcurrentCalls();
    private ServiceLimits limits = ServiceLimits.NONE;
    private DuplicatePolicy duplicates = DuplicatePolicy.DEFAULT;
    private Duration drainGrace = ServerOptions.Limits.DEFAULT.drainGrace();
    private Timer timer = Timer.system();
    private boolean registersLater;
    private @Nullable Transport transport;
    private @Nullable Executor executor;

    RpcServerBuilder() {}

    /** Offers a service without version and group. */
    public <T> RpcServerBuilder service(Class<T> contract, T service) {
        return service(contract, service, "", "");
    }

    /** Offers a service in a version and a group; each may be empty. */
    public <T> RpcServerBuilder service(Class<T> contract, T service, String version, String group) {
        return service(contract, service, options -> options.version(version).group(group));
    }

    /** Offers a service with options of its own. */
    public <T> RpcServerBuilder service(Class<T> contract, T service, UnaryOperator<ServiceOptions> options) {
        ServiceOptions own = options.apply(new ServiceOptions());
        exports.add(
                new ServiceExport(ServiceContract.of(contract, own.version(), own.group()), service, subtypes, own));
        return this;
    }

    /** Types that may stand where a contract declares an open one; for the services added after this. */
    public RpcServerBuilder subtypes(Class<?>... types) {
        subtypes.addAll(List.of(types));
        return this;
    }

    /** The port to listen on; 0 takes a free one, which is the default. */
    public RpcServerBuilder port(int port) {
        return listen(new Address(listen.host(), port));
    }

    /** The address to listen on; by default every interface. */
    public RpcServerBuilder listen(Address address) {
        this.listen = address;
        return this;
    }

    /** What to register instead of what is found out; port 0 stands for the port that it listens on. */
    public RpcServerBuilder advertise(Address address) {
        this.advertised = address;
        return this;
    }

    /** The application's name, in the registry and in messages. */
    public RpcServerBuilder application(String name) {
        this.application = name;
        return this;
    }

    /** Its share of the calls, 0 to 10,000; 100 is normal. */
    public RpcServerBuilder weight(int weight) {
        this.weight = weight;
        return this;
    }

    /** A label for routing, such as {@code tag} or {@code zone}. */
    public RpcServerBuilder label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    /** Calls admitted and not ended, over all connections; more are refused. */
    public RpcServerBuilder maxConcurrentCalls(int calls) {
        this.maxConcurrentCalls = calls;
        return this;
    }

    /** How many calls of a method may run at once, for each method; no limit of its own by default. */
    public RpcServerBuilder concurrencyLimit(ConcurrencyLimitPolicy policy) {
        limits = new ServiceLimits(policy, limits.rate(), limits.bulkhead());
        return this;
    }

    /** How many calls of a method may begin in a second, for each method; no limit by default. */
    public RpcServerBuilder rateLimit(RateLimitPolicy policy) {
        limits = new ServiceLimits(limits.concurrency(), policy, limits.bulkhead());
        return this;
    }

    /** How many calls of a service may run at once, all its methods together; no limit of its own by default. */
    public RpcServerBuilder bulkhead(ConcurrencyLimitPolicy policy) {
        limits = new ServiceLimits(limits.concurrency(), limits.rate(), policy);
        return this;
    }

    /** How long a call of an {@code @Idempotent(key = …)} method is known again; a minute by default. */
    public RpcServerBuilder duplicates(DuplicatePolicy policy) {
        this.duplicates = policy;
        return this;
    }

    /** How long {@link RpcServer#close()} waits. */
    public RpcServerBuilder drainGrace(Duration grace) {
        this.drainGrace = grace;
        return this;
    }

    /** A filter around every service; the first added is the outermost. */
    public RpcServerBuilder filter(Filter filter) {
        filters.add(filter);
        return this;
    }

    /**
     * An accepted serializer, which must accept every contract. By default, all on the class path are accepted, and one
     * that refuses a contract is not offered for it.
     */
    public RpcServerBuilder serializer(Serializer serializer) {
        serializers.add(serializer);
        return this;
    }

    /** A registry to register in. It stays the caller's: closing the server does not close it. */
    public RpcServerBuilder registry(Registry registry) {
        registries.add(registry);
        return this;
    }

    /**
     * Has {@link #start} listen only: nobody finds the server before {@link RpcServer#register()}, for applications that
     * are not ready when they start it.
     */
    public RpcServerBuilder registerLater() {
        this.registersLater = true;
        return this;
    }

    /** The transport. It stays the caller's. By default, the one on the class path, owned by the server. */
    public RpcServerBuilder transport(Transport transport) {
        this.transport = transport;
        return this;
    }

    /**
     * What runs the services' methods. It stays the caller's. By default, virtual threads where the JDK has them, else a
     * bounded pool.
     */
    public RpcServerBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /** The clock, for tests. */
    public RpcServerBuilder timer(Timer timer) {
        this.timer = timer;
        return this;
    }

    /**
     * Starts the server.
     *
     * @throws RpcException {@code PORT_IN_USE}, {@code DUPLICATE_SERVICE}, {@code NOT_SERIALIZABLE}, {@code
     *     INVALID_CONFIGURATION}
     */
    public RpcServer start() {
        if (exports.isEmpty()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "a server without services (expected: at least one service(…) before start())");
        }
        return RpcServer.start(this);
    }

    ServerStack stack() {
        List<Serializer> all = serializers.isEmpty()
                ? Plugins.load(Serializer.class, Serializer::name).all()
                : serializers;
        if (all.isEmpty()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "no serializer (expected: a module such as rpc-serialization-protostuff on the class path)");
        }
        return new ServerStack(
                List.copyOf(all), serializers.isEmpty(), limits, duplicates, List.copyOf(filters), timer);
    }

    ServerOptions options() {
        ServerOptions.Limits limits = new ServerOptions.Limits(maxConcurrentCalls, drainGrace);
        return new ServerOptions(listen, advertised, application, weight, labels, limits);
    }

    List<ServiceExport> exports() {
        return List.copyOf(exports);
    }

    List<Registry> registries() {
        return List.copyOf(registries);
    }

    boolean registersLater() {
        return registersLater;
    }

    @Nullable
    Executor executor() {
        return executor;
    }

    Executor requiredExecutor() {
        return Objects.requireNonNull(executor, "executor");
    }

    Transport transport() {
        return transport != null
                ? transport
                : Plugins.load(Transport.class, Transport::name).only();
    }

    void closeIfOwn(Transport used) {
        if (transport == null) {
            used.close();
        }
    }
}
