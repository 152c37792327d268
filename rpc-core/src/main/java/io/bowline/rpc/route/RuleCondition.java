package io.bowline.rpc.route;

import io.bowline.rpc.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * When a rule holds: all of its parts have to.
 *
 * @param consumer labels of the client, as its builder set them; asked once, when rules change
 * @param metadata labels of the call
 * @param arguments by path, {@code 0.userId} as for {@link io.bowline.rpc.balance.RequestKey#argument}
 */
public record RuleCondition(Map<String, Match> consumer, Map<String, Match> metadata, Map<String, Match> arguments) {
    /** For every call of every client. */
    public static final RuleCondition ALWAYS = new RuleCondition(Map.of(), Map.of(), Map.of());

    public RuleCondition {
        consumer = Map.copyOf(consumer);
        metadata = Map.copyOf(metadata);
        arguments = Map.copyOf(arguments);
        arguments.keySet().forEach(CallValue::argument);
    }

    /** When a label of the call is one of these values. */
    public static RuleCondition metadata(String name, String... values) {
        return new RuleCondition(Map.of(), Map.of(name, Match.oneOf(values)), Map.of());
    }

    /** When an argument is one of these values. */
    public static RuleCondition argument(String path, String... values) {
        return new RuleCondition(Map.of(), Map.of(), Map.of(path, Match.oneOf(values)));
    }

    /** When a label of the client is one of these values. */
    public static RuleCondition consumer(String name, String... values) {
        return new RuleCondition(Map.of(name, Match.oneOf(values)), Map.of(), Map.of());
    }

    boolean coversConsumer(Map<String, String> labels) {
        return consumer.entrySet().stream().allMatch(wanted -> wanted.getValue().test(labels.get(wanted.getKey())));
    }

    /** What is left to be asked of each call; empty if nothing is. */
    List<Test> tests() {
        List<Test> tests = new ArrayList<>();
        metadata.forEach((name, match) -> tests.add(new Test(new CallValue.Label(name), match)));
        arguments.forEach((path, match) -> tests.add(new Test(CallValue.argument(path), match)));
        return List.copyOf(tests);
    }

    /** One question to a call. */
    record Test(CallValue value, Match match) {
        static boolean all(List<Test> tests, Request request) {
            for (int i = 0; i < tests.size(); i++) {
                Test test = tests.get(i);
                if (!test.match.test(test.value.of(request))) {
                    return false;
                }
            }
            return true;
        }
    }
}
