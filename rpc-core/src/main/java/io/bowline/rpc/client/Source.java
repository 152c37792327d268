package io.bowline.rpc.client;

import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registry and what it last said. Guarded by the directory.
 *
 * <p>A registry tells whole lists, of which nearly all is what it told before. What stands unchanged at both ends of the
 * list costs one comparison of references an instance and nothing else; {@code SnapshotFeed} keeps the order and the
 * objects of what did not change, so between the ends stands little more than the change.
 */
final class Source {
    final Registry registry;

    @Nullable
    Snapshot said;

    List<String> otherServices = List.of();

    @Nullable
    Registration watch;

    private final Map<String, Entry> byId = new HashMap<>();
    private long round;

    /** What is said of one id, and when it was last said within the part of a list that had to be looked at. */
    private static final class Entry {
        private Instance instance;
        private long round;

        Entry(Instance instance, long round) {
            this.instance = instance;
            this.round = round;
        }
    }

    Source(Registry registry) {
        this.registry = registry;
    }

    /** What it says of an id now. */
    @Nullable
    Instance find(String id) {
        Entry entry = byId.get(id);
        return entry == null ? null : entry.instance;
    }

    /** Takes in what the registry says now; returns the ids of which it says something else than before. */
    List<String> hear(Snapshot now) {
        List<Instance> before = said == null ? List.of() : said.instances();
        List<Instance> after = now.instances();
        // A list that says an id twice breaks the contract: what was trimmed could say what a removal between denies.
        boolean trims = byId.size() == before.size();
        int front = trims ? commonFront(before, after) : 0;
        int back = trims ? commonBack(before, after, front) : 0;
        said = now;
        round++;
        List<String> changed = new ArrayList<>();
        for (Instance instance : after.subList(front, after.size() - back)) {
            Entry entry = byId.get(instance.id());
            if (entry == null) {
                byId.put(instance.id(), new Entry(instance, round));
                changed.add(instance.id());
            } else if (entry.round != round) {
                entry.round = round;
                if (!entry.instance.equals(instance)) {
                    entry.instance = instance;
                    changed.add(instance.id());
                }
            }
        }
        for (Instance instance : before.subList(front, before.size() - back)) {
            Entry entry = byId.get(instance.id());
            if (entry != null && entry.round != round) {
                byId.remove(instance.id());
                changed.add(instance.id());
            }
        }
        return changed;
    }

    @SuppressWarnings("ReferenceEquality") // A shortcut; instances that are equal only are compared behind it.
    private static int commonFront(List<Instance> before, List<Instance> after) {
        int most = Math.min(before.size(), after.size());
        int count = 0;
        while (count < most && before.get(count) == after.get(count)) {
            count++;
        }
        return count;
    }

    @SuppressWarnings("ReferenceEquality") // As above.
    private static int commonBack(List<Instance> before, List<Instance> after, int front) {
        int most = Math.min(before.size(), after.size()) - front;
        int count = 0;
        while (count < most && before.get(before.size() - 1 - count) == after.get(after.size() - 1 - count)) {
            count++;
        }
        return count;
    }
}
