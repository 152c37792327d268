package io.bowline.rpc.route;

/**
 * A value that a rule sets.
 *
 * @param rule the rule's name
 */
public record Ruled<T>(T value, String rule) {
    /** Who set it, as messages show it: {@code rule 'x'}. */
    public String origin() {
        return "rule '" + rule + "'";
    }
}
