package io.bowline.rpc.client;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallListener;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.HandlerThreads;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.SlowStart;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryUri;
import io.bowline.rpc.discovery.StaticRegistry;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.Degradation;
import io.bowline.rpc.filter.FallbackPolicy;
import io.bowline.rpc.filter.OutlierPolicy;
import io.bowline.rpc.filter.RateLimitPolicy;
import io.bowline.rpc.filter.RetryBudget;
import io.bowline.rpc.filter.RetryBudgetPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.RuleSource;
import io.bowline.rpc.service.Door;
import io.bowline.rpc.transport.IoThread;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Collects what a client is made of; {@link ClientStack} assembles it. Used by one thread. */
public final class RpcClientBuilder {
    private static final String DEFAULT_SERIALIZER = "protostuff";

    private final MethodOptions defaults = new MethodOptions();
    private final List<Registry> registries = new ArrayList<>();
    private final List<Registry> ownRegistries = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private final List<Filter> guards = new ArrayList<>();
    private final List<Filter> attempts = new ArrayList<>();
    private LoadBalancer balancer = LoadBalancer.peakEwma();
    private SlowStart slowStart = SlowStart.DEFAULT;
    private int subset = Choice.NO_SUBSET;
    private RetryBudgetPolicy retryBudget = RetryBudgetPolicy.DEFAULT;
    private int connectionsPerProvider = 1;
    private boolean lazy;
    private @Nullable CallListener listener;
    private @Nullable Degradation degradation;
    private @Nullable OutlierPolicy outliers;
    private @Nullable ConcurrencyLimitPolicy bulkhead;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<RuleSource> ruleSources = new ArrayList<>();
    private RuleSet rules = RuleSet.EMPTY;
    private Timer timer = Timer.system();
    private @Nullable Serializer serializer;
    private @Nullable Transport transport;
    private @Nullable Executor callbacks;

    RpcClientBuilder() {}

    /** Where providers are found. It stays the caller's: closing the client does not close it. */
    public RpcClientBuilder registry(Registry registry) {
        registries.add(registry);
        return this;
    }

    /** The registry of a URI, {@code zookeeper://zk1:2181}; the client owns and closes it. */
    public RpcClientBuilder registry(String uri) {
        Registry registry = RegistryUri.parse(uri).connect();
        ownRegistries.add(registry);
        return registry(registry);
    }

    /** Providers at fixed addresses. */
    public RpcClientBuilder addresses(Address... addresses) {
        return registry(StaticRegistry.of(addresses));
    }

    /** How long a call may take, all attempts together; 3 s by default. */
    public RpcClientBuilder timeout(Duration timeout) {
        defaults.timeout(timeout);
        return this;
    }

    /** How often and how soon to try again what may be tried again. */
    public RpcClientBuilder retry(RetryPolicy policy) {
        defaults.retry(policy);
        return this;
    }

    /** For which failures the fallbacks of references answer. */
    public RpcClientBuilder fallbackPolicy(FallbackPolicy policy) {
        defaults.fallbackPolicy(policy);
        return this;
    }

    /** When a provider is no longer asked for a method that fails there; off by default. */
    public RpcClientBuilder circuitBreaker(CircuitBreakerPolicy policy) {
        defaults.circuitBreaker(policy);
        return this;
    }

    /** How many calls of a method may be under way at one provider; off by default. */
    public RpcClientBuilder concurrencyLimit(ConcurrencyLimitPolicy policy) {
        defaults.concurrencyLimit(policy);
        return this;
    }

    /** How many calls of each method a reference begins; off by default. */
    public RpcClientBuilder rateLimit(RateLimitPolicy policy) {
        defaults.rateLimit(policy);
        return this;
    }

    /** How many calls of each reference may be under way, all methods and providers together; off by default. */
    public RpcClientBuilder bulkhead(ConcurrencyLimitPolicy policy) {
        this.bulkhead = policy;
        return this;
    }

    /** When a provider that does worse than the others is left out; five failures in a row by default. */
    public RpcClientBuilder outliers(OutlierPolicy policy) {
        this.outliers = policy;
        return this;
    }

    /** A switch that turns calls off while the client runs; keep it, to flip it. */
    public RpcClientBuilder degradation(Degradation degradation) {
        this.degradation = degradation;
        return this;
    }

    /** What calls do about failure; {@link CallStrategy#failover()} by default. */
    public RpcClientBuilder strategy(CallStrategy strategy) {
        defaults.strategy(strategy);
        return this;
    }

    /** How many attempts beyond the first all calls together may make: retries, hedges and forks; 10 % by default. */
    public RpcClientBuilder retryBudget(RetryBudgetPolicy policy) {
        this.retryBudget = policy;
        return this;
    }

    /** A filter around every call; the first added is the outermost. */
    public RpcClientBuilder filter(Filter filter) {
        filters.add(filter);
        return this;
    }

    /**
     * A filter around what is to be sent, all attempts of a call together: below fallbacks and kept answers, above
     * strategies such as retries. A fallback answers for what it refuses. The first added is the outermost.
     */
    public RpcClientBuilder guard(Filter filter) {
        guards.add(filter);
        return this;
    }

    /**
     * A filter around each attempt of a call: below strategies such as retries, above the balancer. The first added is the
     * outermost. The stage that it is given may be the call's own and be answered after another attempt; to hear how the
     * attempt itself ends, it makes a stage of its own of it, or asks {@link io.bowline.rpc.ResponseFuture#recoverWith}.
     */
    public RpcClientBuilder attempt(Filter filter) {
        attempts.add(filter);
        return this;
    }

    /**
     * Hears how calls went: of every failure, and of the calls that it asks to record. One for a client; {@link
     * io.bowline.rpc.CallContext#reporting} asks for single calls.
     */
    public RpcClientBuilder listener(CallListener listener) {
        this.listener = listener;
        return this;
    }

    /** How to choose among providers; {@link LoadBalancer#peakEwma()} by default. */
    public RpcClientBuilder loadBalancer(LoadBalancer balancer) {
        this.balancer = balancer;
        return this;
    }

    /** How a provider that has just come gets its share; over 30 s by default. */
    public RpcClientBuilder slowStart(SlowStart slowStart) {
        this.slowStart = slowStart;
        return this;
    }

    /**
     * Uses at most so many providers of a service, and connects to no others; each client uses different ones. For services
     * of more than 1,000 providers, with 100 or so. All by default, and in any case with a balancer that {@linkplain
     * LoadBalancer#needsAll() needs all}.
     */
    public RpcClientBuilder subset(int providers) {
        if (providers < 1) {
            throw new IllegalArgumentException("subset: " + providers + " (expected: at least 1)");
        }
        this.subset = providers;
        return this;
    }

    /** What rules may ask of this client: {@code app}, {@code zone}, … Never leaves the process. */
    public RpcClientBuilder label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /** Which providers calls may go to, to begin with; {@link RpcClient#routing()} changes it. */
    public RpcClientBuilder rules(RuleSet rules) {
        this.rules = rules;
        return this;
    }

    /** Rules that may change while the client runs. The source stays the caller's: closing the client does not close it. */
    public RpcClientBuilder rules(RuleSource source) {
        ruleSources.add(source);
        return this;
    }

    /** The serializer; by default protostuff, or the only one on the class path. */
    public RpcClientBuilder serializer(Serializer serializer) {
        this.serializer = serializer;
        return this;
    }

    /** Multiplexed connections to each provider, 1 to 64; 1 by default. */
    public RpcClientBuilder connectionsPerProvider(int connections) {
        if (connections < 1 || connections > 64) {
            throw new IllegalArgumentException("connectionsPerProvider: " + connections + " (expected: 1 to 64)");
        }
        this.connectionsPerProvider = connections;
        return this;
    }

    /** Connects to a provider with the first call, rather than when it is found. */
    public RpcClientBuilder lazy(boolean lazy) {
        this.lazy = lazy;
        return this;
    }

    /** The transport. It stays the caller's. By default, the one on the class path, owned by the client. */
    public RpcClientBuilder transport(Transport transport) {
        this.transport = transport;
        return this;
    }

    /**
     * What runs whatever is attached to asynchronous results. It stays the caller's. By default, virtual threads where the
     * JDK has them, else a bounded pool. {@code Runnable::run} saves the hand-over where nothing attached ever blocks.
     */
    public RpcClientBuilder callbackExecutor(Executor executor) {
        this.callbacks = executor;
        return this;
    }

    /** The clock, for tests. */
    public RpcClientBuilder timer(Timer timer) {
        this.timer = timer;
        return this;
    }

    /**
     * Makes the client; waits for nothing to be reachable.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} when a part is missing
     */
    public RpcClient build() {
        if (registries.isEmpty()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "a client without providers (expected: registry(…) or addresses(…) before build())");
        }
        return new RpcClient(this);
    }

    List<Registry> registries() {
        return List.copyOf(registries);
    }

    List<Registry> ownRegistries() {
        return List.copyOf(ownRegistries);
    }

    MethodOptions defaults() {
        return defaults;
    }

    Choice choice() {
        return new Choice(
                balancer, slowStart, subset, ThreadLocalRandom.current().nextLong());
    }

    @Nullable
    OutlierPolicy outliers() {
        return outliers;
    }

    @Nullable
    ConcurrencyLimitPolicy bulkhead() {
        return bulkhead;
    }

    Serializer serializer() {
        if (serializer != null) {
            return serializer;
        }
        Plugins<Serializer> found = Plugins.load(Serializer.class, Serializer::name);
        return found.all().size() == 1 ? found.only() : found.named(DEFAULT_SERIALIZER);
    }

    Transport transport(List<AutoCloseable> owned) {
        if (transport != null) {
            return transport;
        }
        Transport found = Plugins.load(Transport.class, Transport::name).only();
        owned.add(found);
        return found;
    }

    ConnectionPools pools(Transport used) {
        return new ConnectionPools(used, connectionsPerProvider, lazy, timer);
    }

    Routing routing(List<AutoCloseable> owned) {
        Routing routing = new Routing(labels, rules);
        ruleSources.forEach(source -> owned.add(routing.follow(source)));
        return routing;
    }

    ClientStack stack() {
        return new ClientStack(
                List.copyOf(filters),
                List.copyOf(guards),
                List.copyOf(attempts),
                degradation,
                new RetryBudget(retryBudget, timer),
                timer);
    }

    Door.Surroundings surroundings(List<AutoCloseable> owned) {
        Executor executor = callbacks;
        if (executor == null) {
            ExecutorService threads = HandlerThreads.create("bowline-callback");
            owned.add(threads::shutdown);
            executor = task -> executeEvenLate(task, threads);
        }
        return new Door.Surroundings(timer, executor, IoThread::isCurrent, listener);
    }

    /** What a client tells while it is being closed is told on a thread of its own, and not on an I/O thread. */
    private static void executeEvenLate(Runnable task, ExecutorService threads) {
        if (threads.isShutdown()) {
            Thread late = new Thread(task, "bowline-callback-late");
            late.setDaemon(true);
            late.start();
        } else {
            threads.execute(task);
        }
    }
}
