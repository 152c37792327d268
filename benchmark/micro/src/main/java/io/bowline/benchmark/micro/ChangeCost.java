package io.bowline.benchmark.micro;

import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.SnapshotFeed;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A registry says that one provider has another weight now: what the way to the balancer costs. */
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp
@State(Scope.Thread)
public class ChangeCost {
    @Param({"10", "10000"})
    public int providers;

    private final SnapshotFeed feed = new SnapshotFeed("demo.Users");
    private Fleet fleet;
    private List<Instance> before;
    private List<Instance> after;
    private boolean changed;

    @Setup
    public void setUp() {
        fleet = Fleet.of(providers, true);
        before = fleet.instances();
        List<Instance> list = new ArrayList<>(before);
        list.set(providers / 2, list.get(providers / 2).withWeight(7));
        after = List.copyOf(list);
    }

    @TearDown
    public void tearDown() {
        fleet.close();
    }

    private List<Instance> other() {
        changed = !changed;
        return changed ? after : before;
    }

    /** In the registry: the list is ordered and compared with the one before. */
    @Benchmark
    public void feed() {
        feed.publish(other());
    }

    /** In the client: the nodes are brought to what the list says. */
    @Benchmark
    public void directory() {
        fleet.push(other());
    }
}
