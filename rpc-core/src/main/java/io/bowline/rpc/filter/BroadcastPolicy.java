package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import java.util.List;

/**
 * Sends a call to every provider, once each, to drop what they cache, perhaps. All that the registries name are called,
 * and one that cannot be reached is one that failed: who was left out is told, never passed over. The answer is that of the
 * first provider by address; nothing is tried again. While a registry has not answered at all the call waits for it, and
 * past its deadline it fails unsent.
 *
 * @param tolerated the part of the providers that may fail without failing the call, 0 to below 1
 */
public record BroadcastPolicy(double tolerated) implements CallStrategy {
    /** Fails if one provider fails, once all have answered. */
    public static final BroadcastPolicy DEFAULT = new BroadcastPolicy(0);

    public BroadcastPolicy {
        if (!(tolerated >= 0 && tolerated < 1)) {
            throw new IllegalArgumentException("tolerated: " + tolerated + " (expected: 0 to below 1)");
        }
    }

    @Override
    public String name() {
        return "broadcast";
    }

    @Override
    public boolean needsAll() {
        return true;
    }

    @Override
    public List<Filter> filters(Surroundings surroundings) {
        return List.of(new BroadcastFilter(tolerated, answers -> answers.get(0)));
    }
}
