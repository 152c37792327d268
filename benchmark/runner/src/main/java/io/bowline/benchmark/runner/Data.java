package io.bowline.benchmark.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The results, asked for medians. What was measured while others used the machine counts only where nothing else is
 * there.
 */
record Data(Results results) {
    static final String CALLS = "callsPerSecond";

    /** Of client and server together: no process gives it, so it is made of theirs. */
    static final String CPU = "cpuMicros";

    /** A peer's figure over the rounds; empty where no round has it. */
    Optional<Spread> spread(String peer, String cell, String figure) {
        List<Double> quiet = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (PeerRound round : results.rounds()) {
            for (Sample sample : round.samples()) {
                if (round.peer().equals(peer) && sample.cell().equals(cell)) {
                    Optional<Double> value = value(sample, figure);
                    value.ifPresent(all::add);
                    if (!round.isNoisy() && !sample.isNoisy()) {
                        value.ifPresent(quiet::add);
                    }
                }
            }
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(quiet.isEmpty() ? Spread.of(all, true) : Spread.of(quiet, false));
    }

    Optional<Double> median(String peer, String cell, String figure) {
        return spread(peer, cell, figure).map(Spread::median);
    }

    /** The median of one peer by that of another. */
    Optional<Double> ratio(String peer, String other, String cell, String figure) {
        return median(peer, cell, figure)
                .flatMap(ours -> median(other, cell, figure).map(theirs -> ours / theirs));
    }

    List<String> peers() {
        return results.peers().stream().map(PeerInfo::name).toList();
    }

    /** Whether anything is known of a cell. */
    boolean has(String cell) {
        return results.settings().cells().contains(cell);
    }

    private static Optional<Double> value(Sample sample, String figure) {
        if (figure.equals(CPU)) {
            return Optional.ofNullable(sample.figures().get("clientCpuMicros"))
                    .flatMap(client -> Optional.ofNullable(sample.figures().get("serverCpuMicros"))
                            .map(server -> client + server));
        }
        return Optional.ofNullable(sample.figures().get(figure));
    }
}
