package io.bowline.rpc.route;

import java.util.List;

/**
 * What a change of rules means for a client at this moment.
 *
 * @param references how many the client has
 * @param changed for how many of them other rules would hold
 * @param emptied who would be left without providers, and by which rule
 */
public record RuleImpact(int references, int changed, List<String> emptied) {
    public RuleImpact {
        emptied = List.copyOf(emptied);
    }

    /** {@code 3 of 41 references change, 0 providers left for demo.Orders by rule 'x'}. */
    @Override
    public String toString() {
        return changed + " of " + references + " references change"
                + (emptied.isEmpty() ? "" : ", " + String.join(", ", emptied));
    }
}
