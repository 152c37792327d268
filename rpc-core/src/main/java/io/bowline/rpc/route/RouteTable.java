package io.bowline.rpc.route;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallReport;
import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one reference: those that are about its service and hold for its client. Compiled when the rules change;
 * two tables are equal if they do the same. Immutable.
 *
 * @param service the reference's
 * @param rules in order
 */
public record RouteTable(ServiceName service, List<Rule> rules) {
    public RouteTable {
        rules = List.copyOf(rules);
    }

    /**
     * Chooses the rules that concern a reference.
     *
     * @param consumer the labels of the client
     */
    public static RouteTable of(RuleSet set, ServiceName service, Map<String, String> consumer) {
        return new RouteTable(
                service,
                set.rules().stream()
                        .filter(rule ->
                                rule.scope().covers(service) && rule.when().coversConsumer(consumer))
                        .toList());
    }

    /** Whether a rule chooses among providers, or how to; else the reference is balanced as if there were no rules. */
    public boolean routes() {
        return rules.stream()
                .anyMatch(rule -> routes(rule)
                        || (rule.action() instanceof RuleAction.SetOptions set && set.loadBalancer() != null));
    }

    private static boolean routes(Rule rule) {
        return !(rule.action() instanceof RuleAction.SetOptions || rule.action() instanceof RuleAction.SetWeight);
    }

    /** What a mirror gets copies of is for its rule to say; that it gets nothing else holds for all methods. */
    private static boolean mirrors(Rule rule) {
        return rule.action() instanceof RuleAction.Mirror;
    }

    /** What becomes of a method's calls. */
    Plan of(RpcMethod method) {
        Ruled<String> balancer = last(method, RuleAction.SetOptions::loadBalancer);
        return new Plan(
                rules.stream()
                        .filter(rule -> routes(rule) && (rule.scope().covers(method) || mirrors(rule)))
                        .toList(),
                balancer == null ? "" : balancer.value());
    }

    /** What the rules leave a call of these providers: all looked at, for what happens rarely. */
    public <N extends Node> Left<N> left(Request request, List<N> nodes) {
        return left(request, nodes, route -> {});
    }

    /**
     * The same.
     *
     * @param seen is told what each rule leaves, in order, as far as there is somebody to leave
     */
    @SuppressWarnings("unchecked") // Rules take providers away and add none.
    public <N extends Node> Left<N> left(Request request, List<N> nodes, Consumer<CallReport.Route> seen) {
        List<? extends Node> left = nodes;
        for (Rule rule : of(request.method()).rules()) {
            Step step = Step.of(rule);
            Step.Split split = step.split(left);
            int before = left.size();
            left = split.sets().get(split.choice().applyAsInt(request));
            seen.accept(new CallReport.Route(rule.name(), before, left.size()));
            if (left.isEmpty()) {
                return new Left<>(List.of(), step.refusal(request.method(), before));
            }
        }
        return Left.all((List<N>) left);
    }

    /**
     * The providers that rules leave a call.
     *
     * @param refusal says which rule leaves none; empty where some are left
     */
    public record Left<N extends Node>(List<N> nodes, String refusal) {
        /** All of them. */
        public static <N extends Node> Left<N> all(List<N> nodes) {
            return new Left<>(nodes, "");
        }

        /** The failure of a call to which nobody is left. */
        public RpcException failure() {
            return RpcException.unprocessed(Code.NO_USABLE_PROVIDER, refusal);
        }
    }

    /** Those of the providers that take calls, and not only copies of them. */
    public <N extends Node> List<N> ordinary(List<N> nodes) {
        List<Selector> mirrors = rules.stream()
                .filter(RouteTable::mirrors)
                .map(rule -> ((RuleAction.Mirror) rule.action()).providers())
                .toList();
        return mirrors.isEmpty()
                ? nodes
                : nodes.stream()
                        .filter(node -> mirrors.stream().noneMatch(mirror -> mirror.test(node)))
                        .toList();
    }

    /**
     * The way of a method's calls; methods with equal plans share their pickers.
     *
     * @param rules those that choose among providers, in order
     * @param balancer the name of the balancer that a rule sets; empty if none does
     */
    record Plan(List<Rule> rules, String balancer) {}

    /** Who gets copies of a method's calls; null if no rule says so. */
    public @Nullable Mirroring mirroring(RpcMethod method) {
        Mirroring last = null;
        for (Rule rule : rules) {
            if (rule.action() instanceof RuleAction.Mirror mirror
                    && rule.scope().covers(method)) {
                last = new Mirroring(rule, mirror);
            }
        }
        return last;
    }

    /** How long a method's calls may take; null if no rule says so. */
    public @Nullable Ruled<Duration> timeout(RpcMethod method) {
        return last(method, RuleAction.SetOptions::timeout);
    }

    /** How often a method's calls are tried at most; null if no rule says so. */
    public @Nullable Ruled<Integer> attempts(RpcMethod method) {
        return last(method, RuleAction.SetOptions::attempts);
    }

    private <T> @Nullable Ruled<T> last(RpcMethod method, Function<RuleAction.SetOptions, @Nullable T> option) {
        Ruled<T> last = null;
        for (Rule rule : rules) {
            if (rule.action() instanceof RuleAction.SetOptions set
                    && rule.scope().covers(method)) {
                T value = option.apply(set);
                last = value == null ? last : new Ruled<>(value, rule.name());
            }
        }
        return last;
    }

    /**
     * A provider's weight by these rules.
     *
     * @param registered what it is without them
     * @param label what the provider says of a label; empty for nothing
     */
    public int weight(int registered, Address address, UnaryOperator<String> label) {
        int weight = registered;
        for (Rule rule : rules) {
            if (rule.action() instanceof RuleAction.SetWeight set
                    && set.providers().test(address, label)) {
                weight = set.weight();
            }
        }
        return weight;
    }

    /**
     * Where these rules leave nobody of the known providers: each names the rule. Rules that leave nobody for some methods
     * on purpose, by a block, are not told.
     *
     * @param methods those of the contract; empty for a generic reference, of which only rules for all methods are asked
     */
    public List<String> emptied(List<RpcMethod> methods, List<? extends Node> known) {
        if (known.isEmpty()) {
            return List.of();
        }
        Set<List<Rule>> plans = new LinkedHashSet<>();
        methods.forEach(method -> plans.add(of(method).rules()));
        if (methods.isEmpty()) {
            plans.add(rules.stream()
                    .filter(rule -> routes(rule) && (rule.scope().methods().isEmpty() || mirrors(rule)))
                    .toList());
        }
        List<? extends Node> weighty = known.stream()
                .filter(node -> weight(1, node.address(), node::label) > 0)
                .toList();
        if (weighty.isEmpty()) {
            return List.of("0 providers left for " + service + ", whose weights rules set to 0");
        }
        Set<String> emptied = new LinkedHashSet<>();
        plans.forEach(plan -> emptied.addAll(emptiedBy(plan, weighty)));
        return List.copyOf(emptied);
    }

    private List<String> emptiedBy(List<Rule> plan, List<? extends Node> known) {
        List<String> emptied = new ArrayList<>();
        List<? extends Node> left = known;
        for (Rule rule : plan) {
            Step step = Step.of(rule);
            Step.Split split = step.split(left);
            if (step.empties(split)) {
                emptied.add("0 providers left for " + service + " by rule '" + rule.name() + "'");
            }
            if (split.sets().size() == 1) {
                left = split.sets().get(0);
            }
            if (left.isEmpty()) {
                break;
            }
        }
        return emptied;
    }
}
