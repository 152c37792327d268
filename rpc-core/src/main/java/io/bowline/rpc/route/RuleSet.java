package io.bowline.rpc.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules in their order, each of which narrows what those before have left. Immutable.
 *
 * @param rules the rules
 * @param force whether they are to be obeyed even where they leave a service without providers
 * @param problems what was found wrong in their text; the entries concerned are left out
 */
public record RuleSet(List<Rule> rules, boolean force, List<String> problems) {
    /** No rules. */
    public static final RuleSet EMPTY = new RuleSet(List.of(), false, List.of());

    /** So many rules are enough for anybody. */
    static final int MOST_RULES = 1_000;

    public RuleSet {
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("rules: " + rules.size() + " (expected: at most " + MOST_RULES + ")");
        }
        Set<String> names = new HashSet<>();
        for (Rule rule : rules) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("name: '" + rule.name() + "' twice (expected: unique)");
            }
        }
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }

    public static RuleSet of(Rule... rules) {
        return new RuleSet(List.of(rules), false, List.of());
    }

    /** Several sets, one after the other. Of rules of one name, the first stands; the others are a problem. */
    public static RuleSet join(List<RuleSet> sets) {
        List<Rule> rules = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RuleSet set : sets) {
            problems.addAll(set.problems);
            for (Rule rule : set.rules) {
                if (rules.size() < MOST_RULES && names.add(rule.name())) {
                    rules.add(rule);
                } else {
                    problems.add("rule '" + rule.name() + "' of several sources, or beyond " + MOST_RULES
                            + "; it is left out");
                }
            }
        }
        return new RuleSet(rules, sets.stream().anyMatch(RuleSet::force), problems);
    }

    /** The same, to be obeyed whatever they leave. */
    public RuleSet forced() {
        return new RuleSet(rules, true, problems);
    }
}
