package io.bowline.benchmark.runner;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a run knows: what is in {@code results.json}.
 *
 * @param date when it began, in UTC
 * @param commit of the tree that was measured
 * @param flags of every process
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Results(
        String date,
        String commit,
        Machine machine,
        Jdk jdk,
        List<String> flags,
        String payload,
        Settings settings,
        List<PeerInfo> peers,
        List<PeerRound> rounds) {
    static final String PAYLOAD = "existUser(String of 24 characters) -> boolean; createUser(User) -> boolean;"
            + " getUser(long) -> User; listUser(int) -> Page of 15 User."
            + " User: 12 fields (4 long, 2 int, 5 strings of 11 to 47 characters, a list of 10 Integer)";

    /** Bytes of existUser's argument in UTF-8. */
    static final int EXIST_USER_ARGUMENT = 24;

    /** The same with one more turn. */
    Results with(PeerRound turn) {
        List<PeerRound> more = new ArrayList<>(rounds);
        more.add(turn);
        return new Results(date, commit, machine, jdk, flags, payload, settings, peers, List.copyOf(more));
    }

    /** The same with more or fewer rounds to make. */
    Results withSettings(Settings other) {
        return new Results(date, commit, machine, jdk, flags, payload, other, peers, rounds);
    }
}
