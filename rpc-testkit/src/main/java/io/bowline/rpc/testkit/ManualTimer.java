package io.bowline.rpc.testkit;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Timer;
import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Timer} whose time a test moves by hand. Nothing happens by itself: a due task runs on the thread that moves
 * the time, in the order of the due moments and, among equal ones, of scheduling; while it runs, {@link #nanoTime()} is
 * the moment at which it was due. A task may schedule more, which run in the same move if they fall due in it.
 *
 * <p>Thread-safe; of two threads that move the time at once, both run tasks. What a task throws reaches the mover, and
 * the tasks behind it stay scheduled.
 *
 * <p>The clock begins ten seconds before the nanosecond counter overflows, so that a comparison of two readings by other
 * means than their difference shows in a test.
 */
public final class ManualTimer implements Timer {
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

    /** Guarded by this, as all below. */
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();

    private long elapsed;
    private long scheduled;

    @Override
    public synchronized long nanoTime() {
        return START + elapsed;
    }

    /** How far the time was moved in all. */
    public synchronized Duration elapsed() {
        return Duration.ofNanos(elapsed);
    }

    /** How many tasks wait. */
    public synchronized int pending() {
        return tasks.size();
    }

    /** Schedules a task; a delay of 0 or less is due at the next move, be it one of no time. */
    @Override
    public synchronized Cancellation.Registration schedule(Duration delay, Runnable task) {
        Task added = new Task(elapsed + Math.max(0, delay.toNanos()), scheduled++, task);
        tasks.add(added);
        return () -> {
            synchronized (this) {
                tasks.remove(added);
            }
        };
    }

    /** Moves the time and runs what falls due. */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("step: " + step + " (expected: not negative)");
        }
        long end = Math.addExact(elapsed().toNanos(), step.toNanos());
        Task due = next(end);
        while (due != null) {
            due.action.run();
            due = next(end);
        }
        moveTo(end);
    }

    /** Moves the time to the next task and runs it; returns whether there was one. */
    public boolean runNext() {
        Task due = next(Long.MAX_VALUE);
        if (due != null) {
            due.action.run();
        }
        return due != null;
    }

    private synchronized @Nullable Task next(long end) {
        Task first = tasks.peek();
        if (first == null || first.due > end) {
            return null;
        }
        tasks.remove();
        moveTo(first.due);
        return first;
    }

    private synchronized void moveTo(long moment) {
        elapsed = Math.max(elapsed, moment);
    }

    private record Task(long due, long order, Runnable action) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return due == other.due ? Long.compare(order, other.order) : Long.compare(due, other.due);
        }
    }
}
