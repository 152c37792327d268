package io.bowline.rpc.client;

import io.bowline.rpc.client.ConnectionSlot.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a reference by their instances' ids, and which of them can take a call. Guarded by the directory.
 *
 * <p>A change of one node costs the same however many there are; only {@link #usable()} walks over them.
 */
@SuppressWarnings("ReferenceEquality") // It is this very member that matters.
final class Roster {
    private static final int NOWHERE = -1;

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<Member> usable = new ArrayList<>();
    private int hopeful;
    private int down;

    /** A node, and where it stood when it was last looked at. */
    static final class Member {
        final RemoteInvoker node;

        /** To be run when the node's connections change. */
        final Runnable listener;

        private int place = NOWHERE;
        private int weight;
        private boolean hopeful;
        private boolean down;

        Member(RemoteInvoker node, Consumer<Member> listener) {
            this.node = node;
            this.listener = () -> listener.accept(this);
        }

        String id() {
            return node.instance().id();
        }
    }

    Collection<Member> members() {
        return members.values();
    }

    @Nullable
    Member find(String id) {
        return members.get(id);
    }

    /** Whether it is, and was not removed or replaced. */
    boolean holds(Member member) {
        return members.get(member.id()) == member;
    }

    /** Takes in a node, which has to be looked at then. */
    void add(Member member) {
        members.put(member.id(), member);
    }

    /** Whether it could take calls until now. */
    boolean remove(Member member) {
        members.remove(member.id());
        return stand(member, 0, State.CLOSED);
    }

    /** Looks at a member's instance and connections; whether that makes a difference to who picks. */
    boolean look(Member member) {
        int weight = member.node.instance().weight();
        return stand(
                member, weight, weight == 0 ? State.CLOSED : member.node.pool().state());
    }

    private boolean stand(Member member, int weight, State state) {
        boolean hopes = state == State.IDLE || state == State.CONNECTING;
        if (hopes != member.hopeful) {
            member.hopeful = hopes;
            hopeful += hopes ? 1 : -1;
        }
        if ((state == State.DOWN) != member.down) {
            member.down = state == State.DOWN;
            down += member.down ? 1 : -1;
        }
        boolean was = member.place != NOWHERE;
        boolean is = state == State.READY;
        boolean differs = is != was || (is && weight != member.weight);
        member.weight = weight;
        if (is && !was) {
            member.place = usable.size();
            usable.add(member);
        } else if (was && !is) {
            leave(member);
        }
        return differs;
    }

    /** The last one takes the place of the one that leaves. */
    private void leave(Member member) {
        Member last = usable.remove(usable.size() - 1);
        last.place = member.place;
        if (member.place < usable.size()) {
            usable.set(member.place, last);
        }
        member.place = NOWHERE;
    }

    /** How many can take a call. */
    int usableCount() {
        return usable.size();
    }

    /** Those that can take a call, in no particular order. */
    List<RemoteInvoker> usable() {
        RemoteInvoker[] nodes = new RemoteInvoker[usable.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = usable.get(i).node;
        }
        return List.of(nodes);
    }

    /** Those that can take a call or may soon be able to. */
    List<RemoteInvoker> perhaps() {
        return members.values().stream()
                .filter(member -> member.hopeful || member.place != NOWHERE)
                .map(member -> member.node)
                .toList();
    }

    List<String> ids() {
        return List.copyOf(members.keySet());
    }

    /** Whether one of them may soon be able to: it is being connected, or would be if somebody asked. */
    boolean hopes() {
        return hopeful > 0;
    }

    /** How many cannot be reached. */
    int downCount() {
        return down;
    }

    void clear() {
        members.clear();
        usable.clear();
        hopeful = 0;
        down = 0;
    }
}
