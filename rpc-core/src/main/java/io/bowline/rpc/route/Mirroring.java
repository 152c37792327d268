package io.bowline.rpc.route;

import io.bowline.rpc.Request;
import io.bowline.rpc.balance.Node;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which calls a mirror gets copies of. Immutable.
 *
 * @param rule the rule that says so
 * @param action what it says
 */
public record Mirroring(Rule rule, RuleAction.Mirror action) {
    /** How many copies may be under way. */
    public int most() {
        return action.most();
    }

    /** Whether a call is to be copied, by conditions and percentage; made once, asked for each call. */
    public Predicate<Request> calls() {
        return Step.of(rule).chosen(action.percent(), action.by());
    }

    List<? extends Node> shadows(List<? extends Node> nodes) {
        return nodes.stream().filter(action.providers()::test).toList();
    }
}
