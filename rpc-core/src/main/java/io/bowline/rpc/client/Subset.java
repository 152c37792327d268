package io.bowline.rpc.client;

import io.bowline.rpc.balance.Hashing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which of very many providers this client uses. Guarded by the directory.
 *
 * <p>Each client ranks all providers by a hash of itself and of them, and uses the first of its ranking (rendezvous
 * hashing: D. Thaler and C. Ravishankar, "Using name-based mappings to increase hit rates", 1998). Every provider is as
 * likely to be in the subset of every client, so each is used by about as many; and a provider that comes or goes changes
 * one place in the subsets that it is in, and nothing in the others. The deterministic subsetting of Google's SRE book
 * spreads exactly evenly, but needs consecutive numbers of clients, which a registry does not have, and deals the cards
 * anew when the number of providers changes.
 *
 * <p>Providers that cannot be reached are kept, as they may come back, and as many of the next ones are used beside them,
 * up to as many again: so the subset of an unlucky client does not die while the service lives.
 */
final class Subset {
    private final int size;
    private final long seed;
    private final TreeSet<Ranked> ranking =
            new TreeSet<>(Comparator.comparingLong(Ranked::rank).thenComparing(Ranked::id));
    private final Map<String, Ranked> known = new HashMap<>();
    private final Set<String> chosen = new HashSet<>();
    private int unreachable;

    private record Ranked(long rank, String id) {}

    /** @param size how many to use; {@link Choice#NO_SUBSET} for all, which costs nothing */
    Subset(int size, long seed) {
        this.size = size;
        this.seed = seed;
    }

    /** Whether an instance that is wanted is to be used. */
    boolean holds(String id) {
        return size == Choice.NO_SUBSET || chosen.contains(id);
    }

    /**
     * Takes in that something was said of these ids.
     *
     * @param wanted whether an instance is one of the providers now
     * @return the ids to be looked at: of these, those that are used or were, and those for whom that has changed
     */
    List<String> changed(List<String> ids, Predicate<String> wanted) {
        if (size == Choice.NO_SUBSET) {
            return ids;
        }
        Set<String> before = Set.copyOf(chosen);
        for (String id : ids) {
            Ranked old = known.get(id);
            if (wanted.test(id)) {
                if (old == null) {
                    Ranked ranked = new Ranked(rank(id), id);
                    known.put(id, ranked);
                    ranking.add(ranked);
                }
            } else if (old != null) {
                known.remove(id);
                ranking.remove(old);
            }
        }
        List<String> differing = choose(before);
        Set<String> all = new HashSet<>(differing);
        List<String> looked = new ArrayList<>(differing);
        for (String id : ids) {
            if ((before.contains(id) || chosen.contains(id)) && all.add(id)) {
                looked.add(id);
            }
        }
        return looked;
    }

    /** So many of those used cannot be reached; returns the ids that are used now and were not, or the reverse. */
    List<String> unreachable(int count) {
        int counted = Math.min(count, size);
        if (size == Choice.NO_SUBSET || counted == unreachable) {
            return List.of();
        }
        unreachable = counted;
        return choose(Set.copyOf(chosen));
    }

    private List<String> choose(Set<String> before) {
        chosen.clear();
        for (Ranked ranked : ranking) {
            if (chosen.size() - unreachable >= size) {
                break;
            }
            chosen.add(ranked.id);
        }
        List<String> differing = new ArrayList<>();
        before.stream().filter(id -> !chosen.contains(id)).forEach(differing::add);
        chosen.stream().filter(id -> !before.contains(id)).forEach(differing::add);
        return differing;
    }

    private long rank(String id) {
        return Hashing.mix(Hashing.text(id) ^ seed);
    }
}
