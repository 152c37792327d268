package io.bowline.rpc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that many threads fill and many empty, without locks and without memory of its own for a task: Dmitry
 * Vyukov's bounded MPMC queue. Each cell carries the number of the turn that may write or read it next.
 */
final class TaskQueue {
    private final int mask;
    private final AtomicReferenceArray<@Nullable Runnable> tasks;
    private final AtomicLongArray turns;
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong polled = new AtomicLong();

    /** @param capacity a power of two */
    TaskQueue(int capacity) {
        mask = capacity - 1;
        tasks = new AtomicReferenceArray<>(capacity);
        turns = new AtomicLongArray(capacity);
        for (int i = 0; i < capacity; i++) {
            turns.setPlain(i, i);
        }
    }

    /** Adds the task at the end; false if the queue is full. */
    boolean offer(Runnable task) {
        long place = offered.get();
        while (true) {
            int cell = (int) place & mask;
            long ahead = turns.getAcquire(cell) - place;
            if (ahead < 0) {
                return false;
            }
            if (ahead == 0 && offered.compareAndSet(place, place + 1)) {
                tasks.setPlain(cell, task);
                turns.set(cell, place + 1);
                return true;
            }
            place = offered.get();
        }
    }

    /** Takes the first task; null if there is none. */
    @Nullable
    Runnable poll() {
        long place = polled.get();
        while (true) {
            int cell = (int) place & mask;
            long ahead = turns.getAcquire(cell) - (place + 1);
            if (ahead < 0) {
                return null;
            }
            if (ahead == 0 && polled.compareAndSet(place, place + 1)) {
                Runnable task = tasks.getPlain(cell);
                tasks.setPlain(cell, null);
                turns.setRelease(cell, place + mask + 1);
                return task;
            }
            place = polled.get();
        }
    }

    /** How many tasks wait, or are just being added. */
    long size() {
        return Math.max(0, offered.get() - polled.get());
    }

    /** How many tasks were taken since the beginning. */
    long polled() {
        return polled.get();
    }
}
