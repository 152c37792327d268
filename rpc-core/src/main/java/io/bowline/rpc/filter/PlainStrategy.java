package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import java.util.List;
import java.util.function.Function;

/**
 * A strategy that has no policy of its own.
 *
 * @param name the name in configuration
 * @param made makes its filters
 */
record PlainStrategy(String name, Function<Surroundings, List<Filter>> made) implements CallStrategy {
    static final CallStrategy FAILOVER = new PlainStrategy("failover", PlainStrategy::retries);
    static final CallStrategy FAILFAST = new PlainStrategy("failfast", surroundings -> List.of());

    @Override
    public List<Filter> filters(Surroundings surroundings) {
        return made.apply(surroundings);
    }

    private static List<Filter> retries(Surroundings around) {
        return around.retry().maxAttempts() > RetryPolicy.NONE.maxAttempts()
                ? List.of(new RetryFilter(around.retry(), around.budget(), around.timer()))
                : List.of();
    }

    @Override
    public String toString() {
        return name;
    }
}
