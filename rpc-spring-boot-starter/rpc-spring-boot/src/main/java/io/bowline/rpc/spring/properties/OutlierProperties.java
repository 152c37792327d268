package io.bowline.rpc.spring.properties;

import io.bowline.rpc.filter.OutlierPolicy;
import io.bowline.rpc.filter.OutlierPolicy.Rates;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a provider that does worse than the others is left out for a while.
 *
 * @param enabled Whether any is. On by default.
 * @param consecutive Failures in a row that eject it; 0 to look at rates only. 5 by default.
 * @param interval How often rates are looked at. 10s by default.
 * @param ejection How long it is left out the first time. 10s by default.
 * @param maxEjection The longest it is left out. 5m by default.
 * @param maxEjected The part of the providers, 0 to 0.5, that may be left out at once. 0.5 by default.
 * @param rates How it is compared with the others. It is not by default.
 */
public record OutlierProperties(
        @Nullable Boolean enabled,
        @Nullable Integer consecutive,
        @Nullable Duration interval,
        @Nullable Duration ejection,
        @Nullable Duration maxEjection,
        @Nullable Double maxEjected,
        @Nullable RateProperties rates) {
    OutlierPolicy policy() {
        if (Boolean.FALSE.equals(enabled)) {
            return OutlierPolicy.OFF;
        }
        OutlierPolicy base = OutlierPolicy.DEFAULT;
        return new OutlierPolicy(
                Said.or(consecutive, base.consecutive()),
                rates == null ? base.rates() : rates.policy(),
                Said.or(interval, base.interval()),
                Said.or(ejection, base.ejection()),
                Said.or(maxEjection, base.maxEjection()),
                Said.or(maxEjected, base.maxEjected()));
    }

    /**
     * How a provider is compared with the others.
     *
     * @param minCalls Calls in an interval below which a provider is not judged. 50 by default.
     * @param minProviders How many providers must have had calls enough, 3 or more. 3 by default.
     * @param deviations Ejected when the success rate is so many deviations below the median. 3 by default.
     * @param latencyFactor Ejected when its calls took so many times the median; 0 to leave latency alone. 5 by default.
     */
    public record RateProperties(
            @Nullable Integer minCalls,
            @Nullable Integer minProviders,
            @Nullable Double deviations,
            @Nullable Double latencyFactor) {
        Rates policy() {
            Rates base = Rates.DEFAULT;
            return new Rates(
                    Said.or(minCalls, base.minCalls()),
                    Said.or(minProviders, base.minProviders()),
                    Said.or(deviations, base.deviations()),
                    Said.or(latencyFactor, base.latencyFactor()));
        }
    }
}
