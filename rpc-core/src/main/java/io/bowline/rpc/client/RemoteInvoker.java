package io.bowline.rpc.client;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallRecord;
import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.balance.FailureLoad;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.balance.PeakEwma;
import io.bowline.rpc.balance.ReportedLoad;
import io.bowline.rpc.balance.SlowStart;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.transport.Connection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One provider of one reference: the {@link Node} that a balancer picks, and the step from a request to a connection.
 * Thread-safe.
 */
final class RemoteInvoker implements Node {
    private static final int MOST_STALE_PICKS = 5;
    private static final AtomicIntegerFieldUpdater<RemoteInvoker> IN_FLIGHT =
            AtomicIntegerFieldUpdater.newUpdater(RemoteInvoker.class, "inFlight");
    private static final AtomicReferenceFieldUpdater<RemoteInvoker, @Nullable OutlierRecord> RECORD =
            AtomicReferenceFieldUpdater.newUpdater(RemoteInvoker.class, OutlierRecord.class, "record");

    private final Directory directory;
    private final ReferenceCodecs codecs;
    private final ConnectionPool pool;
    private final CoarseClock clock;
    private final PeakEwma latency = new PeakEwma();

    /** Null where no method of the reference has any. */
    private final @Nullable NodeGates gates;

    private volatile Instance instance;

    /** Among the fields and not behind one: a pick among many nodes costs what it costs to fetch their memory. */
    private volatile int inFlight;

    /** Null until something fails here, which most nodes never see. */
    private volatile @Nullable FailureLoad failures;

    /** Null until something speaks against the node, where nothing is compared. */
    private volatile @Nullable OutlierRecord record;

    /** Null once the node has its whole weight. */
    private volatile @Nullable WarmUp warmUp;

    /** Null until the provider reports its load. */
    private volatile @Nullable ReportedLoad reported;

    RemoteInvoker(Directory directory, Instance instance, ReferenceCodecs codecs, ConnectionPool pool) {
        this.directory = directory;
        this.clock = directory.clock();
        this.instance = instance;
        this.codecs = codecs;
        this.pool = pool;
        ReferencePolicies policies = directory.policies();
        gates = policies.gated() ? new NodeGates(pool.address(), policies.options(), codecs.timer()) : null;
        record = directory.outliers() == null ? null : directory.outliers().firstRecord();
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        return invoke(request, 0);
    }

    /** @param stalePicks how often this request was picked for a provider that had just left */
    CompletionStage<Response> invoke(Request request, int stalePicks) {
        CompletionStage<Response> call = tryInvoke(request, stalePicks);
        return call != null ? call : directory.pickOther(this, request, stalePicks);
    }

    /** Null, and nothing happened, if a gate keeps the call out here. */
    @Nullable
    CompletionStage<Response> tryInvoke(Request request, int stalePicks) {
        Gate gate = gate(request.method());
        return gate == null || gate.tryEnter(codecs.timer().nanoTime()) ? send(request, stalePicks, gate) : null;
    }

    /** The same, here and nowhere else: fails where a pick would be made again. */
    @Nullable
    CompletionStage<Response> tryHere(Request request) {
        return tryInvoke(request, MOST_STALE_PICKS);
    }

    /** The same, and fails where a gate keeps the call out. */
    CompletionStage<Response> invokeHere(Request request) {
        CompletionStage<Response> call = tryHere(request);
        return call != null
                ? call
                : CompletableFuture.failedFuture(Explanation.keptOut(
                        request.method(), this, codecs.timer().nanoTime()));
    }

    private CompletionStage<Response> send(Request request, int stalePicks, @Nullable Gate gate) {
        Connection connection = pool.ready();
        if (connection == null) {
            if (gate != null) {
                gate.withdrawn();
            }
            return pickAgain(
                    request,
                    stalePicks,
                    RpcException.unprocessed(
                            Code.CONNECT_FAILED,
                            "the connection to " + address() + " was lost a moment ago; not sent"));
        }
        if (request.method().streams() && !connection.streams()) {
            if (gate != null) {
                gate.withdrawn();
            }
            return CompletableFuture.failedFuture(RpcException.unprocessed(
                    Code.PROTOCOL_ERROR,
                    request.method() + " has a stream, and the connection to " + address()
                            + " has none; not sent (expected: a transport with streams)"));
        }
        CallRecord recorded = request.recorded();
        RemoteCall call = recorded == null
                ? new RemoteCall(this, codecs, request, stalePicks, gate)
                : new RecordedCall(this, codecs, request, stalePicks, gate, recorded);
        IN_FLIGHT.incrementAndGet(this);
        pool.callBegan();
        connection.send(call);
        return call;
    }

    /**
     * Whoever reads a picker a moment before it changes may pick a provider that has just left. Nothing was sent then, so
     * picking again is free, is no retry, and is what makes a drain cost no call even with retries off.
     */
    CompletionStage<Response> pickAgain(Request request, int stalePicks, RpcException why) {
        return stalePicks < MOST_STALE_PICKS
                ? directory.pickAgain(request, stalePicks + 1, this)
                : CompletableFuture.failedFuture(why);
    }

    /** A call was answered, after so long. */
    void answered(long tookNanos, long nowNanos) {
        ended(nowNanos);
        latency.observe(tookNanos, nowNanos);
        OutlierRecord known = record;
        if (known != null) {
            known.answered(tookNanos);
        }
    }

    /** A call failed, after so long. */
    void failed(Code code, boolean unprocessed, long tookNanos, long nowNanos) {
        ended(nowNanos);
        boolean blamed = FailureLoad.isNodesFault(code, unprocessed);
        if (blamed) {
            blame(nowNanos);
        }
        // How fast a node fails that never answered says nothing of how fast it is: it stays unknown.
        if (!blamed || latency.current(nowNanos) > 0) {
            latency.observeAtLeast(tookNanos, nowNanos);
        }
        Outliers outliers = directory.outliers();
        if (outliers != null) {
            outliers.failed(this, code, unprocessed, tookNanos);
        }
    }

    /** The provider said of its load. */
    void reported(String percent, long nowNanos) {
        ReportedLoad known = reported;
        if (known == null) {
            // Of two threads that come first, one report is lost, and the next is kept.
            known = new ReportedLoad();
            reported = known;
        }
        known.told(percent, nowNanos);
    }

    private void ended(long nowNanos) {
        IN_FLIGHT.decrementAndGet(this);
        pool.callEnded();
        clock.answered(nowNanos);
    }

    /** What keeps a method's calls out here; null where nothing is set for it. */
    @Nullable
    Gate gate(RpcMethod method) {
        return gates == null ? null : gates.of(method);
    }

    /** What is known of it as one among others; null while nothing is. */
    @Nullable
    OutlierRecord record() {
        return record;
    }

    /** The same, made if there was none. */
    OutlierRecord recordMade() {
        OutlierRecord known = record;
        if (known == null) {
            RECORD.compareAndSet(this, null, new OutlierRecord(false));
            known = Objects.requireNonNull(record);
        }
        return known;
    }

    /** Whether it is left out at this moment, if the others suffice. */
    boolean leftOut() {
        OutlierRecord known = record;
        return known != null && known.ejected;
    }

    /** Something failed by this node's fault. */
    void blame(long nowNanos) {
        FailureLoad known = failures;
        if (known == null) {
            // As above.
            known = new FailureLoad();
            failures = known;
        }
        known.failed(nowNanos);
    }

    ConnectionPool pool() {
        return pool;
    }

    Instance instance() {
        return instance;
    }

    /** The same instance with another weight or other labels. */
    void update(Instance instance) {
        this.instance = instance;
    }

    @Override
    public Address address() {
        return pool.address();
    }

    /** It has come when others were there; called before it can be picked. */
    void startSlowly(SlowStart policy) {
        warmUp = new WarmUp(policy);
    }

    /** It can be called now; tells whether its slow start begins with that. */
    boolean beginsToWarmUp() {
        WarmUp known = warmUp;
        return known != null && known.begin(codecs.timer().nanoTime());
    }

    /** Whether its weight still grows. */
    boolean warmsUp() {
        WarmUp known = warmUp;
        if (known != null && !known.lasts(codecs.timer().nanoTime())) {
            warmUp = null;
        }
        return warmUp != null;
    }

    @Override
    public int weight() {
        int whole = Math.max(1, instance.weight());
        WarmUp known = warmUp;
        return known == null ? whole : known.weight(whole, codecs.timer().nanoTime());
    }

    @Override
    public int inFlight() {
        FailureLoad known = failures;
        return known == null ? inFlight : inFlight + known.calls(clock.nanoTime());
    }

    @Override
    public long latencyNanos() {
        return latency.current(clock.nanoTime());
    }

    @Override
    public double reportedLoad() {
        ReportedLoad known = reported;
        return known == null ? 0 : known.current(clock.nanoTime());
    }

    @Override
    public String label(String name) {
        return instance.labels().getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return address().toString();
    }
}
