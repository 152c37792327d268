package io.bowline.rpc.transport.netty;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a client's connection that have an id. Used by its I/O thread alone.
 *
 * <p>An id is a slot in its low 16 bits and a count of that slot's uses in the high ones. Finding a call is an array
 * access; a slot is used again only after the server has answered for it, so an answer always meets its own question,
 * and the count is a second lock on that door. The slot used last is used next: a connection with few calls at a time
 * stays in few cache lines.
 */
final class CallTable {
    private final int max;
    private @Nullable PendingCall[] slots = new PendingCall[16];
    private char[] uses = new char[16];
    private int[] free = new int[16];
    private int freeCount;
    private int opened;
    private int count;

    CallTable(int max) {
        this.max = max;
    }

    int size() {
        return count;
    }

    /** Gives the call an id; false when the table is full. */
    boolean add(PendingCall call) {
        int slot;
        if (freeCount > 0) {
            slot = free[--freeCount];
        } else if (opened < max) {
            slot = open();
        } else {
            return false;
        }
        slots[slot] = call;
        call.id((++uses[slot] << 16) | slot);
        count++;
        return true;
    }

    private int open() {
        if (opened == slots.length) {
            int larger = Math.min(1 << 16, 2 * opened);
            slots = Arrays.copyOf(slots, larger);
            uses = Arrays.copyOf(uses, larger);
            free = Arrays.copyOf(free, larger);
        }
        return opened++;
    }

    /** The call of an id, or null. */
    @Nullable
    PendingCall find(int id) {
        int slot = id & 0xffff;
        PendingCall call = slot < opened ? slots[slot] : null;
        return call != null && call.id() == id ? call : null;
    }

    /** Takes the call out. */
    void remove(PendingCall call) {
        int slot = call.id() & 0xffff;
        if (slots[slot] == call) {
            slots[slot] = null;
            free[freeCount++] = slot;
            count--;
        }
    }

    /** Shows every call; the visitor may remove it. */
    void forEach(Consumer<PendingCall> visitor) {
        for (int slot = 0; slot < opened; slot++) {
            PendingCall call = slots[slot];
            if (call != null) {
                visitor.accept(call);
            }
        }
    }
}
