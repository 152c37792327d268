package io.bowline.rpc.route;

import io.bowline.rpc.Request;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.route.RuleCondition.Test;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One rule, made ready to divide providers. What depends on the providers is done once for each set of them, in {@link
 * #split}; for a call, only which of the parts is meant is left to find out. Immutable.
 */
final class Step {
    private final Rule rule;
    private final List<Test> tests;

    private Step(Rule rule) {
        this.rule = rule;
        tests = rule.when().tests();
    }

    static Step of(Rule rule) {
        return new Step(rule);
    }

    Rule rule() {
        return rule;
    }

    /**
     * What a rule makes of a set of providers.
     *
     * @param names of the parts, by which those of one set are found again in the next
     * @param sets the parts; with one part, nothing depends on the call. Empty ones refuse
     * @param choice the part that a call is meant for; never throws
     */
    record Split(List<String> names, List<List<? extends Node>> sets, ToIntFunction<Request> choice) {}

    Split split(List<? extends Node> nodes) {
        RuleAction action = rule.action();
        if (action instanceof RuleAction.Include include) {
            return include(include, nodes);
        }
        if (action instanceof RuleAction.Exclude exclude) {
            List<? extends Node> others =
                    part(nodes, node -> !exclude.providers().test(node));
            return conditional(nodes, orAll(others, nodes, exclude.fallback()));
        }
        if (action instanceof RuleAction.Tag tag) {
            return tagged(tag, nodes);
        }
        if (action instanceof RuleAction.Mirror mirror) {
            List<? extends Node> others =
                    part(nodes, node -> !mirror.providers().test(node));
            return new Split(List.of("then"), List.of(others), request -> 0);
        }
        return conditional(nodes, List.of()); // A block. What sets something is no step.
    }

    /** Whether it leaves nobody where somebody should be: not for a tag that nobody has, and not for a chosen block. */
    boolean empties(Split split) {
        if (rule.action() instanceof RuleAction.Block) {
            return tests.isEmpty() && rule.scope().methods().isEmpty();
        }
        return rule.action() instanceof RuleAction.Tag
                ? split.sets().get(0).isEmpty()
                : split.sets().stream().anyMatch(List::isEmpty);
    }

    private Split conditional(List<? extends Node> otherwise, List<? extends Node> then) {
        return tests.isEmpty()
                ? new Split(List.of("then"), List.of(then), request -> 0)
                : new Split(
                        List.of("otherwise", "then"),
                        List.of(otherwise, then),
                        request -> Test.all(tests, request) ? 1 : 0);
    }

    private Split include(RuleAction.Include include, List<? extends Node> nodes) {
        List<? extends Node> these = orAll(part(nodes, include.providers()::test), nodes, include.fallback());
        if (include.percent() == RuleAction.ALL) {
            return conditional(nodes, these);
        }
        List<? extends Node> others =
                orAll(part(nodes, node -> !include.providers().test(node)), nodes, include.fallback());
        Predicate<Request> drawn = Draw.of(rule.name(), include.percent(), include.by());
        return new Split(
                List.of("otherwise", "these", "others"),
                List.of(nodes, these, others),
                request -> !Test.all(tests, request) ? 0 : drawn.test(request) ? 1 : 2);
    }

    private Split tagged(RuleAction.Tag tag, List<? extends Node> nodes) {
        Map<String, List<Node>> byTag = new TreeMap<>();
        nodes.forEach(node -> byTag.computeIfAbsent(node.label(tag.label()), none -> new ArrayList<>())
                .add(node));
        List<Node> bare = byTag.remove("");
        List<? extends Node> untagged = orAll(bare == null ? List.of() : bare, nodes, tag.fallback());
        List<String> names = new ArrayList<>(List.of("untagged", "unknown", "otherwise"));
        List<List<? extends Node>> sets = new ArrayList<>();
        sets.add(List.copyOf(untagged));
        sets.add(tag.fallback() ? sets.get(0) : List.of());
        sets.add(nodes);
        Map<String, Integer> places = new HashMap<>();
        byTag.forEach((value, part) -> {
            places.put(value, sets.size());
            names.add("=" + value);
            sets.add(List.copyOf(part));
        });
        return new Split(List.copyOf(names), List.copyOf(sets), request -> {
            if (!Test.all(tests, request)) {
                return 2;
            }
            String value = request.metadata().get(tag.metadata());
            Integer place = value == null ? null : places.get(value);
            return place != null ? place : value == null || value.isEmpty() ? 0 : 1;
        });
    }

    private static List<? extends Node> part(List<? extends Node> nodes, Predicate<Node> test) {
        return nodes.stream().filter(test).toList();
    }

    private static List<? extends Node> orAll(List<? extends Node> part, List<? extends Node> all, boolean fallback) {
        return (part.isEmpty() && fallback) || part.size() == all.size() ? all : part;
    }

    /** Which calls a rule holds for, where the choice is not one among providers. */
    Predicate<Request> chosen(double percent, String by) {
        Predicate<Request> drawn = Draw.of(rule.name(), percent, by);
        return request -> Test.all(tests, request) && drawn.test(request);
    }

    /** Why a call finds nobody. */
    String refusal(@Nullable RpcMethod method, int before) {
        String who = method == null ? "" : method + ": ";
        return rule.action() instanceof RuleAction.Block block
                ? who + "rule '" + rule.name() + "' blocks it: " + block.reason()
                : who + "rule '" + rule.name() + "', which has no fallback, leaves none of " + before
                        + " providers. Not sent";
    }
}
