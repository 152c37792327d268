package io.bowline.rpc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one thread hands over between two looks at its sockets. Waking a thread is a system call, and on an idle core a
 * slow one. So tasks wake one thread for all of them, and of the callers whose answers have come each wakes the next, in
 * groups of {@value #GROUP}: the thread that reads goes on reading, and the callers run on another core one after the
 * other instead of falling asleep and being woken there each for itself. Used by its thread alone.
 *
 * <p>Callers that wake one another also ask one after the other. A server that answers all that it has read at once makes
 * up for that; one whose handlers answer each for itself hands the dribble back, and ever fewer answers share a read. So
 * where answers often come alone, callers are woken at once, as long as that lasts.
 */
public final class Burst {
    /** So many callers depend on one another; few, since one that gets no core keeps those behind it waiting. */
    private static final int GROUP = 4;

    /** A burst with one caller counts as this many, one with several as none. */
    private static final int ALONE = 4096;

    /** Callers are linked while the average is below: while fewer than a tenth of the answers came alone. */
    private static final int OFTEN_ALONE = ALONE / 10;

    /** The average moves by this part of the difference with each burst. */
    private static final int MEMORY = 32;

    private final List<Runnable> ends = new ArrayList<>();
    private boolean open;
    private @Nullable ResponseFuture first;
    private @Nullable ResponseFuture last;
    private int waiting;
    private int callers;
    private int alone;

    /** Something was read. */
    public void begin() {
        open = true;
    }

    /** All that was read is handed over: whoever has something to do is woken. Does nothing if nothing was begun. */
    public void end() {
        if (open) {
            open = false;
            if (callers > 0) {
                alone += ((callers == 1 ? ALONE : 0) - alone) / MEMORY;
                callers = 0;
            }
            wake();
            ends.forEach(Runnable::run);
            ends.clear();
        }
    }

    /** Runs something at the end, once, however often it is asked for; false if no burst is under way. */
    boolean atEnd(Runnable once) {
        if (open && !ends.contains(once)) {
            ends.add(once);
        }
        return open;
    }

    /** Wakes who waits for this attempt, which has ended, at the end or before; false if he is better woken now. */
    boolean wakeLater(ResponseFuture ended) {
        if (!open) {
            return false;
        }
        callers++;
        if (alone > OFTEN_ALONE) {
            return false;
        }
        if (last == null) {
            first = ended;
        } else {
            last.next(ended);
        }
        last = ended;
        if (++waiting == GROUP) {
            wake();
        }
        return true;
    }

    private void wake() {
        ResponseFuture group = first;
        first = null;
        last = null;
        waiting = 0;
        ResponseFuture.wakeOne(group);
    }
}
