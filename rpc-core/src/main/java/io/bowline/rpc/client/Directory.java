package io.bowline.rpc.client;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.client.Roster.Member;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.Snapshot;
import io.bowline.rpc.route.RouteTable;
import io.bowline.rpc.route.RoutingBalancer;
import io.bowline.rpc.service.ContractCodecs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The providers of one reference: what the registries say, joined with what the connections know. Calls read {@link
 * #view()}, one volatile field; everything else happens only when something changes, under this object's lock.
 *
 * <p>A change of one provider costs work for one: it alone is looked at, and the others keep their nodes, connections and
 * figures. What has to be made for the whole set is the picker, which may lag behind a little ({@link Pickers}): who is
 * picked and has just gone sends nothing and {@link #pickAgain picks again}, and that makes a picker at once.
 */
final class Directory implements AutoCloseable {
    private static final View CLOSED = new View(null, true, List.of());

    private final ServiceName service;
    private final Choice choice;
    private final ReferenceCodecs codecs;
    private final ConnectionPools pools;
    private final ReferencePolicies policies;
    private final CoarseClock clock;
    private final @Nullable Outliers outliers;

    private volatile View view = View.NOTHING_YET;

    // Guarded by this.
    private final Pickers pickers;
    private final Sources sources;
    private final Roster roster = new Roster();
    private final Subset subset;
    private final Warming warming;
    private final Set<Member> unopened = new LinkedHashSet<>();
    private final Map<Consumer<View>, Predicate<View>> waiting = new HashMap<>();
    private boolean closed;

    /**
     * What a call sees.
     *
     * @param picker chooses among the usable nodes; null when there are none
     * @param settled whether waiting is in vain: the registries have answered and nothing is being connected
     * @param usable the usable nodes, those that are left out for now among them
     */
    record View(LoadBalancer.@Nullable Picker picker, boolean settled, List<RemoteInvoker> usable) {
        static final View NOTHING_YET = new View(null, false, List.of());
    }

    Directory(
            ServiceName service,
            Choice choice,
            ReferenceCodecs codecs,
            ConnectionPools pools,
            ReferencePolicies policies) {
        this.service = service;
        this.sources = new Sources(service);
        this.choice = choice;
        this.subset = new Subset(choice.size(), choice.seed());
        this.codecs = codecs;
        this.pools = pools;
        this.policies = policies;
        this.clock = new CoarseClock(codecs.timer());
        outliers = policies.outliers().value().active()
                ? new Outliers(service, policies.outliers(), codecs.timer(), this)
                : null;
        warming = new Warming(choice.slowStart().time(), codecs.timer(), this::warmed);
        pickers = new Pickers(
                service,
                choice.balancer(),
                outliers == null ? UnaryOperator.identity() : Outliers::around,
                codecs.timer(),
                this::catchUp);
    }

    /** Starts to watch; done once. */
    void watch(List<Registry> registries) {
        if (outliers != null) {
            outliers.start();
        }
        List<Source> watched;
        synchronized (this) {
            watched = sources.add(registries);
        }
        for (Source source : watched) {
            Registration watch = source.registry.watch(service.name(), snapshot -> told(source, snapshot));
            synchronized (this) {
                source.watch = watch;
            }
        }
    }

    ContractCodecs codecs() {
        return codecs.contract();
    }

    View view() {
        return view;
    }

    /** The clock of its nodes' figures. */
    CoarseClock clock() {
        return clock;
    }

    ServiceName service() {
        return service;
    }

    ReferencePolicies policies() {
        return policies;
    }

    @Nullable
    Outliers outliers() {
        return outliers;
    }

    /** Gives the gate the first view, from now on, in which the call can go on or fail. */
    void await(Request request, Consumer<View> gate) {
        await(gate, now -> useful(now, request));
    }

    /** The same for a call to everyone: it goes on once each registry has answered, and not before. */
    void awaitAll(Request request, Consumer<View> gate) {
        await(gate, now -> !sources.pending() && useful(now, request));
    }

    /** @param enough asked with the lock held */
    private void await(Consumer<View> gate, Predicate<View> enough) {
        View now;
        synchronized (this) {
            now = view;
            if (!closed && !enough.test(now)) {
                waiting.put(gate, enough);
                return;
            }
        }
        gate.accept(now);
    }

    /** A gate that is closed otherwise no longer waits here. */
    synchronized void forget(Consumer<View> gate) {
        waiting.remove(gate);
    }

    /** Picks for a request once more, from what is usable at this moment; {@code stale} was picked and was not. */
    CompletionStage<Response> pickAgain(Request request, int stalePicks, RemoteInvoker stale) {
        change(
                () -> {
                    Member member = roster.find(stale.instance().id());
                    if (member != null) {
                        look(member);
                    }
                },
                true);
        LoadBalancer.Picker picker = view.picker();
        return picker != null && picker.pick(request) instanceof RemoteInvoker node
                ? node.invoke(request, stalePicks)
                : WaitingCall.start(this, codecs.timer(), request);
    }

    /**
     * Finds another provider for a request that a gate keeps from one, among those that rules leave it, those left out as
     * the last; only now is more looked at than one.
     */
    CompletionStage<Response> pickOther(RemoteInvoker refused, Request request, int stalePicks) {
        List<RemoteInvoker> usable = view.usable();
        if (usable.isEmpty()) {
            return WaitingCall.start(this, codecs.timer(), request);
        }
        RouteTable.Left<RemoteInvoker> left = routes().left(request, usable);
        return left.nodes().isEmpty()
                ? refused(request, left.failure())
                : Offer.toEach(
                        left.nodes(),
                        request,
                        codecs.timer(),
                        node -> node.equals(refused) ? null : node.tryInvoke(request, stalePicks));
    }

    /** A call that came before the registry's answer is as good as one that comes after it. */
    private synchronized boolean callsWait() {
        return !waiting.isEmpty();
    }

    /** Called with the lock held. */
    private boolean useful(View view, Request request) {
        LoadBalancer.Picker picker = view.picker();
        return picker == null ? view.settled() : !routes().nobody(picker, request) || !hopes(request);
    }

    /** Called with the lock held. Whether rules leave the request somebody who may soon be able to take it. */
    private boolean hopes(Request request) {
        return roster.hopes() && routes().leave(request, roster.perhaps());
    }

    /** Has rules obeyed from now on; what is returned lets calls go on that waited, and is to be run without locks. */
    Runnable route(RouteTable rules, List<RpcMethod> methods) {
        return changed(
                () -> {
                    pickers.obey(rules, methods, this::refused);
                    join(roster.ids(), false);
                },
                true);
    }

    /** Who gets a copy of a call, by the rules; null if nobody does. */
    @Nullable
    Node shadow(Request request) {
        return RoutingBalancer.shadow(view.picker(), request);
    }

    /** The rules that are obeyed. */
    Routes routes() {
        return pickers.routes();
    }

    /** What becomes of a call to which rules leave nobody: it waits for who may soon be able to take it, or fails. */
    CompletionStage<Response> refused(Request request, RpcException why) {
        return mayHope(request)
                ? WaitingCall.start(this, codecs.timer(), request)
                : CompletableFuture.failedFuture(why);
    }

    /** Whether it is worth waiting, for a request to which rules leave nobody who can take it now. */
    synchronized boolean mayHope(Request request) {
        return !closed && hopes(request);
    }

    /** All its nodes, whether or not they can be called now. */
    synchronized List<RemoteInvoker> nodes() {
        return roster.members().stream().map(member -> member.node).toList();
    }

    /** The providers that registries mean to have calls, whatever rules say. */
    synchronized List<RemoteInvoker> known() {
        return roster.members().stream()
                .filter(member -> {
                    Instance registered = sources.find(member.id());
                    return registered != null && registered.weight() > 0;
                })
                .map(member -> member.node)
                .toList();
    }

    private void told(Source source, Snapshot snapshot) {
        change(() -> hear(source, snapshot), false);
        if (!pools.lazy() || callsWait()) {
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

    /** The usable providers, those left out among them and mirrors not; none once it is closed. */
    synchronized List<RemoteInvoker> ready() {
        return closed ? List.of() : routes().table().ordinary(roster.usable());
    }

    /** Changes, under the lock, who is left out, if it tells that anything has changed. */
    void changeOutliers(BooleanSupplier something) {
        change(
                () -> {
                    if (something.getAsBoolean()) {
                        pickers.changed();
                    }
                },
                false);
    }

    /** Called with the lock held. Who is there when a registry first answers may have been there for long. */
    private void hear(Source source, Snapshot snapshot) {
        boolean news = source.said != null && roster.usableCount() > 0;
        join(subset.changed(source.hear(snapshot), id -> wanted(id) != null), news);
    }

    /** A connection came, or went, or failed. */
    private void connectionChanged(Member member) {
        List<String> others = new ArrayList<>();
        change(
                () -> {
                    look(member);
                    others.addAll(subset.unreachable(roster.downCount()));
                    join(others, false);
                },
                false);
        if (!others.isEmpty()) {
            openIdle();
        }
    }

    private void warmed() {
        change(
                () -> {
                    pickers.changed();
                    warming.goOn(roster::holds);
                },
                false);
    }

    /**
     * Changes something and the view with it, in one step, so that no call sees the one without the other.
     *
     * @param exactly whether the view has to be made anew if anything in it has changed, whatever that costs
     */
    private void change(Runnable something, boolean exactly) {
        changed(something, exactly).run();
    }

    /** As {@link #change}; what is returned lets calls go on that waited. */
    private Runnable changed(Runnable something, boolean exactly) {
        List<Consumer<View>> released = new ArrayList<>();
        View now;
        synchronized (this) {
            if (closed) {
                return () -> {};
            }
            something.run();
            if (view.picker() == null || pickers.due(roster.usableCount(), exactly)) {
                view = build();
            }
            now = view;
            waiting.forEach((gate, enough) -> {
                if (enough.test(now)) {
                    released.add(gate);
                }
            });
            waiting.keySet().removeAll(released);
        }
        return () -> released.forEach(gate -> gate.accept(now));
    }

    private void catchUp() {
        change(pickers::caughtUp, true);
    }

    /**
     * Called with the lock held. Instances that stay keep their node, with its connections and figures. Nothing is opened
     * here: a connection that is there at once would have this directory changed half-way.
     *
     * @param news whether who comes now has just started, so far as anybody knows
     */
    private void join(List<String> ids, boolean news) {
        List<Member> gone = new ArrayList<>();
        for (String id : ids) {
            Instance wanted = used(id);
            Member known = roster.find(id);
            if (known != null && wanted != null && wanted.address().equals(known.node.address())) {
                known.node.update(wanted);
                look(known);
                continue;
            }
            if (known != null) {
                remove(known);
                gone.add(known);
            }
            if (wanted != null) {
                add(wanted, news);
            }
        }
        // Last, so that who comes back at the same address under another id finds the connections still open.
        gone.forEach(member -> pools.release(member.node.pool(), member.listener));
    }

    private @Nullable Instance used(String id) {
        return subset.holds(id) ? wanted(id) : null;
    }

    private @Nullable Instance wanted(String id) {
        Instance instance = sources.find(id);
        return instance == null ? null : routes().weighed(instance);
    }

    private void add(Instance instance, boolean news) {
        ConnectionPool pool = pools.acquire(instance.address());
        Member member = new Member(new RemoteInvoker(this, instance, codecs, pool), this::connectionChanged);
        if (news && choice.slowStart().lasts(0)) {
            member.node.startSlowly(choice.slowStart());
        }
        roster.add(member);
        unopened.add(member);
        pool.listen(member.listener);
        look(member);
    }

    private void remove(Member member) {
        unopened.remove(member);
        if (roster.remove(member)) {
            pickers.changed();
        }
    }

    private void look(Member member) {
        if (roster.holds(member) && roster.look(member)) {
            pickers.changed();
            warming.look(member);
        }
    }

    /** Called with the lock held. */
    private View build() {
        List<RemoteInvoker> usable = roster.usable();
        LoadBalancer.Picker picker = pickers.over(usable);
        boolean hope = roster.hopes() || sources.pending();
        return new View(picker, picker != null || !hope, usable);
    }

    /** Opens what nobody has asked for yet: of a lazy client with its first call, else when a provider is found. */
    void openIdle() {
        List<Member> idle;
        synchronized (this) {
            idle = List.copyOf(unopened);
            unopened.clear();
        }
        idle.forEach(member -> member.node.pool().openIdle());
    }

    /** Why no provider can take a call now. */
    synchronized RpcException explain() {
        return closed
                ? RpcException.unprocessed(
                        Code.CLOSED, "the client, or the reference, is closed; " + service + " was not called")
                : Explanation.of(service, sources.all(), roster.members());
    }

    /** Whom a call can go to now. */
    synchronized CallReport.Circumstances circumstances(Request request) {
        List<CallReport.Route> taken = new ArrayList<>();
        routes().left(request, view.usable(), taken::add);
        return Overview.brief(sources.all(), taken, roster);
    }

    /** All providers, whatever rules say. */
    synchronized CallReport.Circumstances circumstances() {
        return Overview.of(sources.all(), List.of(), roster);
    }

    @Override
    public void close() {
        List<Consumer<View>> released;
        if (outliers != null) {
            outliers.close();
        }
        synchronized (this) {
            closed = true;
            view = CLOSED;
            sources.close();
            roster.members().forEach(member -> pools.release(member.node.pool(), member.listener));
            roster.clear();
            unopened.clear();
            warming.clear();
            pickers.close();
            released = List.copyOf(waiting.keySet());
            waiting.clear();
        }
        released.forEach(gate -> gate.accept(CLOSED));
    }
}
