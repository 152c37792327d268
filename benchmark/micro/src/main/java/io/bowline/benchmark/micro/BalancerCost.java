package io.bowline.benchmark.micro;

import io.bowline.rpc.Request;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The choice of a provider and nothing else, among the engine's own nodes: each with a connection and a history. */
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp
@State(Scope.Benchmark)
public class BalancerCost {
    @Param({"random", "round-robin", "least-active", "peak-ewma"})
    public String balancer;

    @Param({"10", "10000"})
    public int providers;

    /** All 100, or from 50 to 150. */
    @Param({"equal", "mixed"})
    public String weights;

    private final Request request = Contract.existUser();
    private Fleet fleet;
    private LoadBalancer.Picker picker;

    @Setup
    public void setUp() {
        fleet = Fleet.of(providers, weights.equals("mixed"));
        picker = LoadBalancer.named(balancer).over(fleet.nodes());
    }

    @TearDown
    public void tearDown() {
        fleet.close();
    }

    @Benchmark
    public Node pick() {
        return picker.pick(request);
    }

    /** What a change of the set costs beside: done when it changes, not when it is asked. */
    @Benchmark
    public LoadBalancer.Picker prepare() {
        return LoadBalancer.named(balancer).over(fleet.nodes());
    }
}
