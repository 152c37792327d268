package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.client.Roster.Member;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.Snapshot;
import io.bowline.rpc.service.ContractCodecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The providers of one reference: what the registries say, joined with what the connections know. Calls read {@link
 * #view()}, one volatile field; everything else happens only when something changes, under this object's lock.
 *
 * <p>A change of one provider costs work for one: it alone is looked at, and the others keep their nodes, connections and
 * figures. What has to be made for the whole set is the picker. Up to {@value #FEW} usable providers it is made anew with
 * each change. Beyond, it may lag behind by an eighth of them or {@value #LAG_MILLIS} ms, so that 10,000 connections that
 * open together make some ninety pickers and not 10,000. Nothing depends on its being exact: who is picked and has just
 * gone sends nothing and {@link #pickAgain picks again}, and that makes a picker at once.
 */
final class Directory implements AutoCloseable {
    private static final int FEW = 64;
    private static final int LAG_PARTS = 8;
    private static final int LAG_MILLIS = 10;
    private static final int WARMING_STEPS = 20;
    private static final Duration SHORTEST_STEP = Duration.ofMillis(100);
    private static final View CLOSED = new View(null, true, List.of());

    private final ServiceName service;
    private final Choice choice;
    private final LoadBalancer balancer;
    private final ReferenceCodecs codecs;
    private final ConnectionPools pools;
    private final ReferencePolicies policies;
    private final CoarseClock clock;
    private final @Nullable Outliers outliers;

    private volatile View view = View.NOTHING_YET;

    // Guarded by this.
    private final List<Source> sources = new ArrayList<>();
    private final Roster roster = new Roster();
    private final Subset subset;
    private final List<Member> warming = new ArrayList<>();
    private final Set<Member> unopened = new LinkedHashSet<>();
    private final Set<Consumer<View>> waiting = new HashSet<>();
    private LoadBalancer.@Nullable Picker lastPicker;
    private int changesSinceView;
    private boolean catchingUp;
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
        this.choice = choice;
        this.subset = new Subset(choice.size(), choice.seed());
        this.codecs = codecs;
        this.pools = pools;
        this.policies = policies;
        this.clock = new CoarseClock(codecs.timer());
        outliers = policies.outliers().value().active()
                ? new Outliers(service, policies.outliers(), codecs.timer(), this)
                : null;
        balancer = outliers == null ? choice.balancer() : Outliers.around(choice.balancer());
    }

    /** Starts to watch; done once. */
    void watch(List<Registry> registries) {
        if (outliers != null) {
            outliers.start();
        }
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

    /** An invoker for each provider that is to have calls, reachable or not, in the order of their addresses. */
    synchronized List<Invoker> each() {
        return roster.members().stream()
                .map(member -> member.node)
                .filter(node -> node.instance().weight() > 0)
                .sorted(Comparator.comparing(
                                (RemoteInvoker node) -> node.address().host())
                        .thenComparingInt(node -> node.address().port()))
                .map(node -> (Invoker) new PinnedInvoker(node, codecs.timer()))
                .toList();
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
     * Finds another provider for a request that a gate keeps from one, those left out as the last; only now is more looked
     * at than one.
     */
    CompletionStage<Response> pickOther(RemoteInvoker refused, Request request, int stalePicks) {
        List<RemoteInvoker> usable = view.usable();
        return usable.isEmpty()
                ? WaitingCall.start(this, codecs.timer(), request)
                : Offer.toEach(
                        usable,
                        request,
                        codecs.timer(),
                        node -> node.equals(refused) ? null : node.tryInvoke(request, stalePicks));
    }

    /** A call that came before the registry's answer is as good as one that comes after it. */
    private synchronized boolean callsWait() {
        return !waiting.isEmpty();
    }

    private static boolean useful(View view) {
        return view.picker() != null || view.settled();
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

    /** The usable providers, those left out among them; none once it is closed. */
    synchronized List<RemoteInvoker> ready() {
        return closed ? List.of() : roster.usable();
    }

    /** Changes, under the lock, who is left out, if it tells that anything has changed. */
    void changeOutliers(BooleanSupplier something) {
        change(() -> changesSinceView += something.getAsBoolean() ? 1 : 0, false);
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

    /** Called with the lock held. The weights of nodes that start slowly are read anew from time to time. */
    private void warmUp(Member member) {
        if (member.node.beginsToWarmUp()) {
            warming.add(member);
            if (warming.size() == 1) {
                scheduleWarming();
            }
        }
    }

    private void scheduleWarming() {
        Duration step = choice.slowStart().time().dividedBy(WARMING_STEPS);
        codecs.timer().schedule(step.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : step, this::warmed);
    }

    private void warmed() {
        change(
                () -> {
                    changesSinceView++;
                    warming.removeIf(member -> !roster.holds(member) || !member.node.warmsUp());
                    if (!warming.isEmpty()) {
                        scheduleWarming();
                    }
                },
                false);
    }

    /**
     * Changes something and the view with it, in one step, so that no call sees the one without the other.
     *
     * @param exactly whether the view has to be made anew if anything in it has changed, whatever that costs
     */
    private void change(Runnable something, boolean exactly) {
        List<Consumer<View>> released = List.of();
        View now;
        synchronized (this) {
            if (closed) {
                return;
            }
            something.run();
            if (view.picker() != null && (changesSinceView == 0 || (!exactly && mayLag()))) {
                return;
            }
            changesSinceView = 0;
            now = build();
            view = now;
            if (useful(now)) {
                released = List.copyOf(waiting);
                waiting.clear();
            }
        }
        released.forEach(gate -> gate.accept(now));
    }

    /** Called with the lock held. Whoever may lag behind catches up before long. */
    private boolean mayLag() {
        int usable = roster.usableCount();
        boolean may = usable > FEW && changesSinceView < usable / LAG_PARTS;
        if (may && !catchingUp) {
            catchingUp = true;
            codecs.timer().schedule(Duration.ofMillis(LAG_MILLIS), this::catchUp);
        }
        return may;
    }

    private void catchUp() {
        change(() -> catchingUp = false, true);
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
        for (Source source : sources) {
            Instance instance = source.find(id);
            if (instance != null && instance.offers(service)) {
                return instance;
            }
        }
        return null;
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
            changesSinceView++;
        }
    }

    private void look(Member member) {
        if (roster.holds(member) && roster.look(member)) {
            changesSinceView++;
            warmUp(member);
        }
    }

    /** Called with the lock held. */
    private View build() {
        if (roster.usableCount() > 0) {
            List<RemoteInvoker> usable = roster.usable();
            lastPicker = balancer.over(usable, lastPicker);
            return new View(lastPicker, true, usable);
        }
        boolean hope = roster.hopes() || sources.stream().anyMatch(source -> source.said == null);
        return new View(null, !hope, List.of());
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
                ? RpcException.unprocessed(Code.CLOSED, "the client is closed; " + service + " was not called")
                : Explanation.of(service, sources, roster.members());
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
            sources.stream()
                    .map(source -> source.watch)
                    .filter(Objects::nonNull)
                    .forEach(Registration::close);
            roster.members().forEach(member -> pools.release(member.node.pool(), member.listener));
            roster.clear();
            unopened.clear();
            warming.clear();
            lastPicker = null;
            released = List.copyOf(waiting);
            waiting.clear();
        }
        released.forEach(gate -> gate.accept(CLOSED));
    }
}
