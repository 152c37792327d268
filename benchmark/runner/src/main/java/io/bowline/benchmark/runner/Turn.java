package io.bowline.benchmark.runner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A peer's turn in a round, to be made. */
record Turn(int round, String peer, boolean again) {
    /** What a run still has to do: first what was never done, then once more what was noisy. */
    static List<Turn> left(Results results) {
        List<Turn> left = new ArrayList<>();
        List<String> peers = results.peers().stream().map(PeerInfo::name).toList();
        for (int round = 1; round <= results.settings().rounds(); round++) {
            for (String peer : rotated(peers, round)) {
                Turn turn = new Turn(round, peer, false);
                if (results.rounds().stream().noneMatch(turn::isDoneBy)) {
                    left.add(turn);
                }
            }
        }
        if (left.isEmpty() && results.settings().again()) {
            results.rounds().stream()
                    .filter(done -> !done.again() && done.isNoisy())
                    .map(done -> new Turn(done.round(), done.peer(), true))
                    .filter(turn -> results.rounds().stream().noneMatch(turn::isDoneBy))
                    .forEach(left::add);
        }
        return left;
    }

    /** A B C, then B C A, then C A B: nobody is always the first or always behind the same other. */
    static List<String> rotated(List<String> peers, int round) {
        List<String> order = new ArrayList<>(peers);
        Collections.rotate(order, 1 - round);
        return order;
    }

    private boolean isDoneBy(PeerRound done) {
        return done.round() == round && done.peer().equals(peer) && done.again() == again;
    }
}
