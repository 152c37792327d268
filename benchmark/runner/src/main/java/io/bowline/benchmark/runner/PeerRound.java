package io.bowline.benchmark.runner;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One peer's turn: a fresh server and a fresh client, all cells.
 *
 * @param again whether it was run once more, at the end, because the first time was noisy
 * @param shares who else used the machine, from the first warm-up call to the last measured one
 * @param failure why nothing could be measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PeerRound(
        int round,
        String peer,
        boolean again,
        Shares shares,
        @Nullable String failure,
        List<Sample> samples) {
    boolean isNoisy() {
        return shares.areNoisy();
    }
}
