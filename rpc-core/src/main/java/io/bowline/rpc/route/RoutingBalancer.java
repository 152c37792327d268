package io.bowline.rpc.route;

import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.route.RouteTable.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Obeys rules: another balancer chooses, for each call, among the providers that the rules leave it. Methods that no rule
 * is about share one picker, as all do without rules. Thread-safe.
 */
public final class RoutingBalancer implements LoadBalancer {
    private static final int MOST_NAMES = 10_000;

    private final RouteTable table;
    private final List<RpcMethod> methods;
    private final LoadBalancer within;
    private final Function<String, LoadBalancer> named;
    private final Refused refused;

    /** Those that rules set, by name. */
    private final Map<String, LoadBalancer> balancers = new ConcurrentHashMap<>();

    /** What becomes of a call to which the rules leave nobody. */
    @FunctionalInterface
    public interface Refused {
        /**
         * Ends the call, or waits for a provider.
         *
         * @param why the failure that says so
         */
        CompletionStage<Response> answer(Request request, RpcException why);
    }

    /**
     * Rules around a balancer.
     *
     * @param methods those of the contract, in the order of their indexes; empty for a generic reference, whose methods are
     *     told apart by name as they come
     * @param within chooses among those whom the rules leave
     * @param named what does so where a rule names a balancer
     */
    public RoutingBalancer(
            RouteTable table,
            List<RpcMethod> methods,
            LoadBalancer within,
            Function<String, LoadBalancer> named,
            Refused refused) {
        this.table = table;
        this.methods = List.copyOf(methods);
        this.within = within;
        this.named = named;
        this.refused = refused;
    }

    @Override
    public String name() {
        return within.name();
    }

    @Override
    public boolean needsAll() {
        return within.needsAll();
    }

    @Override
    public Picker over(List<? extends Node> nodes) {
        return over(nodes, null);
    }

    @Override
    public Picker over(List<? extends Node> nodes, @Nullable Picker before) {
        Routed last = before instanceof Routed routed ? routed : null;
        if (methods.isEmpty()) {
            return new ByName(this, nodes, last);
        }
        Map<Plan, Picker> pickers = new HashMap<>();
        Picker[] byIndex = new Picker[methods.size()];
        for (int i = 0; i < byIndex.length; i++) {
            byIndex[i] = pickers.computeIfAbsent(
                    table.of(methods.get(i)),
                    plan -> picker(
                            plan, nodes, last == null ? null : last.plans().get(plan)));
        }
        return new ByIndex(this, nodes, byIndex, pickers);
    }

    private @Nullable Picker shadows(RpcMethod method, List<? extends Node> nodes) {
        Mirroring mirroring = table.mirroring(method);
        List<? extends Node> shadows = mirroring == null ? List.of() : mirroring.shadows(nodes);
        return shadows.isEmpty() ? null : within.over(shadows);
    }

    /** Who gets a copy of a call; null if no rule, or nobody who could take it, says so. */
    public static @Nullable Node shadow(@Nullable Picker picker, Request request) {
        Picker shadows = picker instanceof Routed routed ? routed.shadows(request.method()) : null;
        return shadows == null ? null : shadows.pick(request);
    }

    private Picker picker(Plan plan, List<? extends Node> nodes, @Nullable Picker before) {
        List<Step> steps = plan.rules().stream().map(Step::of).toList();
        LoadBalancer chosen = plan.balancer().isEmpty() ? within : balancers.computeIfAbsent(plan.balancer(), named);
        return new RouteTree(steps, chosen, refused).over(nodes, before);
    }

    /** Whether a pick from these providers would find nobody for the request. */
    public boolean refuses(Request request, List<? extends Node> nodes) {
        return nodes.isEmpty()
                || isNobody(picker(table.of(request.method()), nodes, null).pick(request));
    }

    /** Whether a picked node stands for nobody. */
    public static boolean isNobody(Node node) {
        return node instanceof RefusingNode;
    }

    /** A picker that finds its way by method. */
    private sealed interface Routed extends Picker {
        /** The pickers so far, by the plans that they follow. */
        Map<Plan, Picker> plans();

        /** Picks who gets copies of a method's calls; null if nobody does. */
        @Nullable
        Picker shadows(RpcMethod method);
    }

    /** For a contract, whose methods are all known. */
    private static final class ByIndex implements Routed {
        private final Picker[] byIndex;
        private final @Nullable Picker[] shadows;
        private final Map<Plan, Picker> plans;

        ByIndex(RoutingBalancer balancer, List<? extends Node> nodes, Picker[] byIndex, Map<Plan, Picker> plans) {
            this.byIndex = byIndex;
            this.plans = plans;
            shadows = new Picker[byIndex.length];
            for (int i = 0; i < shadows.length; i++) {
                shadows[i] = balancer.shadows(balancer.methods.get(i), nodes);
            }
        }

        @Override
        public Map<Plan, Picker> plans() {
            return plans;
        }

        @Override
        public Node pick(Request request) {
            return byIndex[request.method().index()].pick(request);
        }

        @Override
        public @Nullable Picker shadows(RpcMethod method) {
            return shadows[method.index()];
        }
    }

    /** For generic calls. Methods are told apart as they come; of very many names, the last are looked up each time. */
    private static final class ByName implements Routed {
        private final RoutingBalancer balancer;
        private final List<? extends Node> nodes;
        private final Map<Plan, Picker> plans = new ConcurrentHashMap<>();
        private final Map<String, Picker> byName = new ConcurrentHashMap<>();
        private final Map<String, Picker> shadowsByName = new ConcurrentHashMap<>();

        ByName(RoutingBalancer balancer, List<? extends Node> nodes, @Nullable Routed last) {
            this.balancer = balancer;
            this.nodes = nodes;
            if (last != null) {
                last.plans().forEach((plan, before) -> plans.put(plan, balancer.picker(plan, nodes, before)));
            }
        }

        @Override
        public Map<Plan, Picker> plans() {
            return plans;
        }

        @Override
        public Node pick(Request request) {
            String name = request.method().name();
            Picker known = byName.get(name);
            if (known == null) {
                known = plans.computeIfAbsent(
                        balancer.table.of(request.method()), plan -> balancer.picker(plan, nodes, null));
                if (byName.size() < MOST_NAMES) {
                    byName.put(name, known);
                }
            }
            return known.pick(request);
        }

        @Override
        public @Nullable Picker shadows(RpcMethod method) {
            Picker known = shadowsByName.get(method.name());
            if (known == null) {
                known = balancer.shadows(method, nodes);
                if (known != null && shadowsByName.size() < MOST_NAMES) {
                    shadowsByName.put(method.name(), known);
                }
            }
            return known;
        }
    }
}
