package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import java.util.List;

/**
 * Sends a call to several providers at once: the first answer wins, and the others are cancelled. For reads that are worth
 * twice their cost. All attempts but one come out of the client's budget: where that is spent, there is one; who means to
 * fork every call gives the client a budget for it. Idempotent methods only.
 *
 * @param forks to how many providers, 2 to 10; to fewer where there are fewer
 */
public record ForkPolicy(int forks) implements CallStrategy {
    /** Two. */
    public static final ForkPolicy DEFAULT = new ForkPolicy(2);

    public ForkPolicy {
        if (forks < 2 || forks > 10) {
            throw new IllegalArgumentException("forks: " + forks + " (expected: 2 to 10)");
        }
    }

    @Override
    public String name() {
        return "forking";
    }

    @Override
    public boolean repeats() {
        return true;
    }

    @Override
    public List<Filter> filters(Surroundings surroundings) {
        return List.of(new ForkFilter(this, surroundings.budget()));
    }
}
