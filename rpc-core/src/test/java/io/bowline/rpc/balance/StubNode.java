package io.bowline.rpc.balance;

import io.bowline.rpc.Address;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A node whose figures a test sets. */
final class StubNode implements Node {
    private final Address address;
    private final int weight;
    int inFlight;
    long latencyNanos;
    double reportedLoad;
    String zone = "";
    String rank = "";

    /** How often its calls in flight were asked for. */
    int looks;

    StubNode(int index, int weight) {
        this(new Address("node-" + index, 1), weight);
    }

    StubNode(Address address, int weight) {
        this.address = address;
        this.weight = weight;
    }

    static List<StubNode> weighing(int... weights) {
        List<StubNode> nodes = new ArrayList<>();
        for (int weight : weights) {
            nodes.add(new StubNode(nodes.size(), weight));
        }
        return nodes;
    }

    StubNode with(int inFlight, long latencyNanos) {
        this.inFlight = inFlight;
        this.latencyNanos = latencyNanos;
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
        looks++;
        return inFlight;
    }

    @Override
    public long latencyNanos() {
        return latencyNanos;
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        return CompletableFuture.completedStage(Response.of(null));
    }

    @Override
    public double reportedLoad() {
        return reportedLoad;
    }

    @Override
    public String label(String name) {
        return switch (name) {
            case "zone" -> zone;
            case "rank" -> rank;
            default -> "";
        };
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
