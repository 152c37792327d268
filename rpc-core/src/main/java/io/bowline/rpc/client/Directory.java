package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The providers of one reference: what the registries say, joined with what the connections know. Calls read {@link
 * #view()}, one volatile field; everything else happens only when something changes, under this object's lock.
 */
final class Directory implements AutoCloseable {
    private final ServiceName service;
    private final LoadBalancer balancer;
    private final ReferenceCodecs codecs;
    private final ConnectionPools pools;
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, RemoteInvoker> nodes = new LinkedHashMap<>();
    private final Runnable rebuild = this::rebuild;

    private static final View CLOSED = new View(null, true);

    private volatile View view = View.NOTHING_YET;
    private final Set<Consumer<View>> waiting = new HashSet<>();
    private boolean closed;

    /** A registry and what it last said; {@code said} is guarded by the directory. */
    static final class Source {
        final Registry registry;

        @Nullable
        Snapshot said;

        List<String> otherServices = List.of();

        @Nullable
        Registration watch;

        Source(Registry registry) {
            this.registry = registry;
        }
    }

    /**
     * What a call sees.
     *
     * @param picker chooses among the usable nodes; null when there are none
     * @param settled whether waiting is in vain: the registries have answered and nothing is being connected
     */
    record View(LoadBalancer.@Nullable Picker picker, boolean settled) {
        static final View NOTHING_YET = new View(null, false);
    }

    Directory(ServiceName service, LoadBalancer balancer, ReferenceCodecs codecs, ConnectionPools pools) {
        this.service = service;
        this.balancer = balancer;
        this.codecs = codecs;
        this.pools = pools;
    }

    /** Starts to watch; done once. */
    void watch(List<Registry> registries) {
        synchronized (this) {
            registries.forEach(registry -> sources.add(new Source(registry)));
        }
        for (Source source : List.copyOf(sources)) {
            Registration watch = source.registry.watch(service.name(), snapshot -> told(source, snapshot));
            synchronized (this) {
                source.watch = watch;
            }
        }
    }

    View view() {
        return view;
    }

    ServiceName service() {
        return service;
    }

    /** Gives the gate the first view, from now on, in which a call can go on or fail. */
    void await(Consumer<View> gate) {
        View now;
        synchronized (this) {
            now = view;
            if (!closed && !useful(now)) {
                waiting.add(gate);
                return;
            }
        }
        gate.accept(now);
    }

    /** A gate that is closed otherwise no longer waits here. */
    synchronized void forget(Consumer<View> gate) {
        waiting.remove(gate);
    }

    /** Picks for a request once more, from what is usable at this moment. */
    CompletionStage<Response> pickAgain(Request request, int stalePicks) {
        rebuild();
        LoadBalancer.Picker picker = view.picker();
        return picker != null && picker.pick(request) instanceof RemoteInvoker node
                ? node.invoke(request, stalePicks)
                : WaitingCall.start(this, codecs.timer(), request);
    }

    private static boolean useful(View view) {
        return view.picker() != null || view.settled();
    }

    private void told(Source source, Snapshot snapshot) {
        change(() -> {
            source.said = snapshot;
            replaceNodes();
        });
        if (!pools.lazy()) {
            openIdle();
        }
        if (snapshot.instances().isEmpty()) {
            source.registry.services().thenAccept(known -> {
                synchronized (this) {
                    source.otherServices = List.copyOf(known);
                }
            });
        }
    }

    private void rebuild() {
        change(() -> {});
    }

    /** Changes something and the view with it, in one step, so that no call sees the one without the other. */
    private void change(Runnable something) {
        List<Consumer<View>> released = List.of();
        View now;
        synchronized (this) {
            if (closed) {
                return;
            }
            something.run();
            now = build();
            view = now;
            if (useful(now)) {
                released = List.copyOf(waiting);
                waiting.clear();
            }
        }
        released.forEach(gate -> gate.accept(now));
    }

    /**
     * Called with the lock held. Instances that stay keep their node, with its connections and figures. Nothing is opened
     * here: a connection that is there at once would have this directory rebuilt half-way.
     */
    private void replaceNodes() {
        Map<String, Instance> wanted = new LinkedHashMap<>();
        for (Source source : sources) {
            if (source.said != null) {
                source.said.instances().stream()
                        .filter(instance -> instance.offers(service))
                        .forEach(instance -> wanted.putIfAbsent(instance.id(), instance));
            }
        }
        List<RemoteInvoker> gone = new ArrayList<>();
        nodes.values().removeIf(node -> {
            Instance now = wanted.get(node.instance().id());
            boolean leaves = now == null || !now.address().equals(node.address());
            if (leaves) {
                gone.add(node);
            }
            return leaves;
        });
        wanted.forEach((id, instance) -> {
            RemoteInvoker known = nodes.get(id);
            if (known == null) {
                nodes.put(id, new RemoteInvoker(this, instance, codecs, pools.acquire(instance.address(), rebuild)));
            } else {
                known.update(instance);
            }
        });
        gone.forEach(node -> pools.release(node.pool(), rebuild));
    }

    /** Called with the lock held. */
    private View build() {
        List<RemoteInvoker> usable = new ArrayList<>();
        boolean hope = sources.stream().anyMatch(source -> source.said == null);
        for (RemoteInvoker node : nodes.values()) {
            if (node.instance().weight() == 0) {
                continue;
            }
            switch (node.pool().state()) {
                case READY -> usable.add(node);
                case IDLE, CONNECTING -> hope = true;
                default -> {}
            }
        }
        return usable.isEmpty() ? new View(null, !hope) : new View(balancer.over(List.copyOf(usable)), true);
    }

    /** Opens what nobody has asked for yet: of a lazy client with its first call, else when a provider is found. */
    void openIdle() {
        List<RemoteInvoker> all;
        synchronized (this) {
            all = List.copyOf(nodes.values());
        }
        all.stream().map(RemoteInvoker::pool).forEach(ConnectionPool::openIdle);
    }

    /** Why no provider can take a call now. */
    synchronized RpcException explain() {
        return closed
                ? RpcException.unprocessed(Code.CLOSED, "the client is closed; " + service + " was not called")
                : Explanation.of(service, sources, List.copyOf(nodes.values()));
    }

    @Override
    public void close() {
        List<Consumer<View>> released;
        synchronized (this) {
            closed = true;
            view = CLOSED;
            sources.stream()
                    .map(source -> source.watch)
                    .filter(Objects::nonNull)
                    .forEach(Registration::close);
            nodes.values().forEach(node -> pools.release(node.pool(), rebuild));
            nodes.clear();
            released = List.copyOf(waiting);
            waiting.clear();
        }
        released.forEach(gate -> gate.accept(CLOSED));
    }
}
