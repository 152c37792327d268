package io.bowline.benchmark.runner;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Who else used the machine while something was measured, as shares of all its cores' time.
 *
 * @param others what was neither idle nor our processes, stolen time included; negative where nobody knows
 * @param stolen what the hypervisor gave to other machines; negative where nobody knows
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Shares(double others, double stolen) {
    static final Shares UNKNOWN = new Shares(-1, -1);

    /** More than this and the figures are not ours alone. */
    static final double LIMIT = 0.10;

    boolean areNoisy() {
        return others > LIMIT;
    }
}
