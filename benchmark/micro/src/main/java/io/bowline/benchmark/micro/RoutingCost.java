package io.bowline.benchmark.micro;

import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.route.RouteTable;
import io.bowline.rpc.route.RoutingBalancer;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.RuleCondition;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.Selector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The choice of a provider with rules around it: beside {@link BalancerCost}, what rules cost a call and a change. */
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp
@State(Scope.Benchmark)
public class RoutingCost {
    /** None; one that asks nothing of a call; by a label of the call; by an argument; and all of these in a row. */
    @Param({"none", "exclude", "tag", "argument", "all"})
    public String rules;

    @Param({"10", "10000"})
    public int providers;

    private final Request request = Contract.existUser().withMetadata(Metadata.of("tag", "blue"));
    private Fleet fleet;
    private LoadBalancer balancer;
    private LoadBalancer.Picker picker;

    @Setup
    public void setUp() {
        fleet = Fleet.of(providers, false);
        balancer = balancer();
        picker = balancer.over(fleet.nodes());
        picker.pick(request);
    }

    private LoadBalancer balancer() {
        List<Rule> exclude = List.of(Rule.of("exclude", "*", new RuleAction.Exclude(Selector.at("provider-1"), true)));
        List<Rule> tag = List.of(Rule.of("tag", "*", new RuleAction.Tag("tag", "tag", true)));
        List<Rule> argument = List.of(Rule.of("argument", "*", RuleAction.Include.of(Selector.at("provider-*")))
                .when(RuleCondition.argument("0", "1", "2", "3")));
        List<Rule> chosen = switch (rules) {
            case "exclude" -> exclude;
            case "tag" -> tag;
            case "argument" -> argument;
            case "all" -> List.of(exclude.get(0), tag.get(0), argument.get(0));
            default -> List.of();
        };
        ServiceName service = request.method().service();
        RouteTable table = RouteTable.of(RuleSet.of(chosen.toArray(Rule[]::new)), service, Map.of());
        return chosen.isEmpty()
                ? LoadBalancer.peakEwma()
                : new RoutingBalancer(
                        table,
                        Contract.methods(),
                        LoadBalancer.peakEwma(),
                        LoadBalancer::named,
                        (refused, why) -> CompletableFuture.failedFuture(why));
    }

    @TearDown
    public void tearDown() {
        fleet.close();
    }

    @Benchmark
    public Node pick() {
        return picker.pick(request);
    }

    /** What a change of the providers costs, with the parts that were in use made anew. */
    @Benchmark
    public LoadBalancer.Picker change() {
        return balancer.over(fleet.nodes(), picker);
    }
}
