package io.bowline.rpc.route;

/**
 * One rule: for which methods, when, and what. Immutable.
 *
 * @param name unique within its set; messages show it
 * @param scope which services and methods it is about
 * @param when for which of their calls
 * @param action what it does
 */
public record Rule(String name, RuleScope scope, RuleCondition when, RuleAction action) {
    private static final int LONGEST_NAME = 200;

    public Rule {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("name: '" + name + "' (expected: 1 to " + LONGEST_NAME + " characters)");
        }
        check(scope, when, action);
    }

    private static void check(RuleScope scope, RuleCondition when, RuleAction action) {
        boolean sets = action instanceof RuleAction.SetOptions || action instanceof RuleAction.SetWeight;
        if (sets && !when.tests().isEmpty()) {
            throw new IllegalArgumentException(
                    "when: metadata or arguments (expected: consumer only, for what is set)");
        }
        if (action instanceof RuleAction.SetWeight && !scope.methods().isEmpty()) {
            throw new IllegalArgumentException("methods: " + scope.methods() + " (expected: none, for a weight)");
        }
    }

    /** A rule for all calls of a service. */
    public static Rule of(String name, String service, RuleAction action) {
        return new Rule(name, RuleScope.of(service), RuleCondition.ALWAYS, action);
    }

    public Rule when(RuleCondition condition) {
        return new Rule(name, scope, condition, action);
    }

    public Rule methods(String... methods) {
        return new Rule(name, scope.withMethods(methods), when, action);
    }
}
