package io.bowline.rpc.testkit;

import io.bowline.rpc.Address;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.balance.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** A {@link Node} whose figures a test sets. It answers every call with its address as text. Thread-safe. */
public final class FakeNode implements Node {
    private final Address address;
    private final int weight;
    private volatile int inFlight;
    private volatile long latencyNanos;

    private FakeNode(Address address, int weight) {
        this.address = address;
        this.weight = weight;
    }

    /** An idle node of which no response time is known. */
    public static FakeNode of(String name, int weight) {
        return new FakeNode(new Address(name, 1), weight);
    }

    /** Idle nodes, one for each weight, all with a response time of 1 ms. */
    public static List<FakeNode> weighing(int... weights) {
        return IntStream.range(0, weights.length)
                .mapToObj(i -> of("node-" + i, weights[i]).latency(Duration.ofMillis(1)))
                .toList();
    }

    public FakeNode inFlight(int calls) {
        inFlight = calls;
        return this;
    }

    public FakeNode latency(Duration latency) {
        latencyNanos = latency.toNanos();
        return this;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public long latencyNanos() {
        return latencyNanos;
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        return CompletableFuture.completedStage(Response.of(address.toString()));
    }

    @Override
    public String toString() {
        return address + " weight " + weight;
    }
}
