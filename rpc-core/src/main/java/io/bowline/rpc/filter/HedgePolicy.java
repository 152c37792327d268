package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import java.time.Duration;
import java.util.List;

/**
 * Sends a call to another provider when the first takes longer than most calls do: the first answer wins, and the other is
 * cancelled. It cuts the slowest answers at the price of a few calls more (J. Dean and L. A. Barroso, "The Tail at Scale",
 * 2013). A call that another provider may take, since none began it or its connection was lost, goes there at once.
 * Attempts beyond the first come out of the client's budget. Idempotent methods only.
 *
 * @param percentile after which part of the method's recent response times, 0.5 to 0.999, a hedge is sent
 * @param maxAttempts all attempts, the first included, 2 to 10
 * @param shortest no hedge before so long
 * @param longest no hedge after so long, and not before while fewer than 100 answers are known
 */
public record HedgePolicy(double percentile, int maxAttempts, Duration shortest, Duration longest)
        implements CallStrategy {
    /** One hedge, after what 95 % of calls take, between 1 ms and 1 s. */
    public static final HedgePolicy DEFAULT = new HedgePolicy(0.95, 2, Duration.ofMillis(1), Duration.ofSeconds(1));

    public HedgePolicy {
        if (!(percentile >= 0.5 && percentile <= 0.999)) {
            throw new IllegalArgumentException("percentile: " + percentile + " (expected: 0.5 to 0.999)");
        }
        if (maxAttempts < 2 || maxAttempts > 10) {
            throw new IllegalArgumentException("maxAttempts: " + maxAttempts + " (expected: 2 to 10)");
        }
        if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "shortest: " + shortest + ", longest: " + longest + " (expected: 0 <= shortest <= longest)");
        }
    }

    /** One hedge, after always the same time. */
    public static HedgePolicy after(Duration delay) {
        return new HedgePolicy(DEFAULT.percentile, DEFAULT.maxAttempts, delay, delay);
    }

    @Override
    public String name() {
        return "hedging";
    }

    @Override
    public boolean repeats() {
        return true;
    }

    @Override
    public List<Filter> filters(Surroundings surroundings) {
        return List.of(new HedgeFilter(this, surroundings.budget(), surroundings.timer()));
    }
}
