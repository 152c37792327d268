package io.bowline.rpc.testkit;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A {@link Transport} around another one whose connections fail as a test says, without a real network. Faults strike
 * the next connects or calls, in order, on whichever connection; what is not struck passes through. The server's side
 * is left alone, and no message is ever sent twice.
 *
 * <p>Thread-safe. For faults at the level of bytes and sockets, see {@link FaultProxy}.
 */
public final class FlakyTransport implements Transport {
    /** Strikes until {@link #heal}. */
    public static final int ALL = Integer.MAX_VALUE;

    private final Transport transport;
    private final Timer timer;
    private final List<FlakyConnection> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger connectsToFail = new AtomicInteger();
    private final FlakyFaults faults = FlakyFaults.none();

    private FlakyTransport(Transport transport, Timer timer) {
        this.transport = transport;
        this.timer = timer;
    }

    /** Around a transport, on the machine's clock. */
    public static FlakyTransport over(Transport transport) {
        return over(transport, Timer.system());
    }

    /** Around a transport. Delays and the deadlines of lost calls go by the timer: give the client the same one. */
    public static FlakyTransport over(Transport transport, Timer timer) {
        return new FlakyTransport(transport, timer);
    }

    /** The next connects fail with {@code CONNECT_FAILED}. */
    public void failConnects(int count) {
        connectsToFail.set(count);
    }

    /** The next calls are refused as {@code OVERLOADED}, unprocessed. */
    public void refuseCalls(int count) {
        faults.refuse().set(count);
    }

    /** The next requests are lost on the way: no server sees them. */
    public void loseRequests(int count) {
        faults.loseRequest().set(count);
    }

    /** The next calls are served, and their answers are lost. */
    public void loseResponses(int count) {
        faults.loseResponse().set(count);
    }

    /** The next calls are served, and their connection is cut when the answer arrives. */
    public void cutCalls(int count) {
        faults.cut().set(count);
    }

    /** Answers arrive this much later; zero for no delay. */
    public void delayResponses(Duration delay) {
        faults.delay().set(delay);
    }

    /** Ends all open connections at once. */
    public void cut() {
        open.forEach(Connection::close);
    }

    /** Forgets every fault that has not struck yet. */
    public void heal() {
        connectsToFail.set(0);
        faults.clear();
    }

    /** How often anybody connected or tried to. */
    public int connects() {
        return connects.get();
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public CompletionStage<Connection> connect(Address address) {
        connects.incrementAndGet();
        if (FlakyFaults.strikes(connectsToFail)) {
            return CompletableFuture.failedStage(RpcException.unprocessed(
                    Code.CONNECT_FAILED, "cannot connect to " + address + ": a FlakyTransport was told to fail"));
        }
        return transport.connect(address).thenApply(this::flaky);
    }

    private Connection flaky(Connection connection) {
        FlakyConnection flaky = new FlakyConnection(connection, faults, timer);
        open.add(flaky);
        connection.closed().thenRun(() -> open.remove(flaky));
        return flaky;
    }

    @Override
    public CompletionStage<Binding> bind(Address address, Receiver receiver) {
        return transport.bind(address, receiver);
    }

    @Override
    public void close() {
        transport.close();
    }
}
