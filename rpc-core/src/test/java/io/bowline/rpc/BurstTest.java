package io.bowline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BurstTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(50);

    @Test
    void allWhoWaitAreWokenByOneAnotherAtTheEnd() throws Exception {
        List<Waiter> waiters = waiters(11);
        onReader(burst -> {
            burst.begin();
            waiters.forEach(waiter -> waiter.attempt.complete(Response.of("done")));
            burst.end();
        });
        for (Waiter waiter : waiters) {
            assertThat(waiter.end()).isEqualTo("done");
        }
    }

    @Test
    void aFullGroupIsWokenBeforeTheEnd() throws Exception {
        List<Waiter> waiters = waiters(4);
        CountDownLatch awake = new CountDownLatch(4);
        waiters.forEach(waiter -> waiter.left.whenComplete((end, thrown) -> awake.countDown()));
        onReader(burst -> {
            burst.begin();
            waiters.forEach(waiter -> waiter.attempt.complete(Response.of("done")));
            assertThat(awake.await(50, TimeUnit.SECONDS)).isTrue();
            burst.end();
        });
    }

    @Test
    void whoLeftIsSteppedOverWhereverItStoodInTheGroup() throws Exception {
        for (int quitter = 0; quitter < 4; quitter++) {
            List<Waiter> waiters = waiters(4);
            Waiter gone = waiters.get(quitter);
            onReader(burst -> {
                burst.begin();
                waiters.subList(0, 3).forEach(waiter -> waiter.attempt.complete(Response.of("done")));
                gone.thread.interrupt();
                gone.end();
                waiters.get(3).attempt.complete(Response.of("done"));
                burst.end();
            });
            for (Waiter waiter : waiters) {
                assertThat(waiter.end()).isIn("done", "interrupted");
            }
        }
    }

    @Test
    void thoseWhoLeaveInAnyWayWhileTheyAreBeingWokenWakeTheNext() throws Exception {
        for (int round = 0; round < 300; round++) {
            List<Waiter> waiters = waiters(4);
            onReader(burst -> {
                burst.begin();
                waiters.subList(0, 3).forEach(waiter -> waiter.attempt.complete(Response.of("done")));
                waiters.get(0).thread.interrupt();
                waiters.get(2).thread.interrupt();
                waiters.get(3).attempt.complete(Response.of("done"));
                burst.end();
            });
            for (Waiter waiter : waiters) {
                assertThat(waiter.end()).isIn("done", "interrupted");
            }
        }
    }

    @Test
    void outsideOfABurstItIsWokenAtOnce() throws Exception {
        Waiter waiter = new Waiter();
        onReader(burst -> {
            waiter.attempt.completeExceptionally(RpcException.of(Code.INTERNAL, "broken"));
            assertThat(waiter.end()).isEqualTo("done");
        });
    }

    @Test
    void whereAnswersOftenComeAloneCallersAreWokenAtOnceAsLongAsThatLasts() {
        Burst burst = new Burst();
        assertThat(linked(burst, 1)).isTrue();
        for (int i = 0; i < 10; i++) {
            linked(burst, 1);
        }
        assertThat(linked(burst, 5)).isFalse();
        for (int i = 0; i < 100; i++) {
            linked(burst, 5);
        }
        assertThat(linked(burst, 5)).isTrue();
        // One among many changes nothing.
        linked(burst, 1);
        assertThat(linked(burst, 5)).isTrue();
    }

    /** Whether so many callers, whose answers come in one burst, are left to wake one another. */
    private static boolean linked(Burst burst, int callers) {
        burst.begin();
        boolean linked = false;
        for (int i = 0; i < callers; i++) {
            linked = burst.wakeLater(new Attempt());
        }
        burst.end();
        return linked;
    }

    @Test
    void whatIsAskedForTwiceRunsOnceAndOnlyInABurst() throws Exception {
        List<String> runs = Collections.synchronizedList(new ArrayList<>());
        Runnable task = () -> runs.add("run");
        onReader(burst -> {
            assertThat(burst.atEnd(task)).isFalse();
            burst.begin();
            assertThat(burst.atEnd(task)).isTrue();
            assertThat(burst.atEnd(task)).isTrue();
            assertThat(runs).isEmpty();
            burst.end();
            burst.end();
        });
        assertThat(runs).containsExactly("run");
    }

    private static List<Waiter> waiters(int count) throws Exception {
        List<Waiter> waiters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiters.add(new Waiter());
        }
        return waiters;
    }

    /** A thread that waits for an attempt; it waits already when the constructor returns. */
    private static final class Waiter {
        final Attempt attempt = new Attempt();
        final CompletableFuture<String> left = new CompletableFuture<>();
        final Thread thread = new Thread(() -> {
            try {
                attempt.await(LONG);
                left.complete("done");
            } catch (InterruptedException interrupted) {
                left.complete("interrupted");
            } catch (TimeoutException late) {
                left.completeExceptionally(late);
            }
        });

        Waiter() throws Exception {
            thread.setDaemon(true);
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }

        /** How it left, once it has. */
        String end() throws Exception {
            return left.get(50, TimeUnit.SECONDS);
        }
    }

    private static final class Attempt extends ResponseFuture {
        Attempt() {
            super(new Request(
                    RpcMethod.builder(ServiceName.of("demo.Greeter"), "hello()").build(),
                    new Object[0],
                    Metadata.EMPTY,
                    Deadline.after(Duration.ofSeconds(3), 0, "test"),
                    new Cancellation(),
                    ""));
        }
    }

    private interface Reading {
        void read(Burst burst) throws Exception;
    }

    /** Runs it on a thread that reads in bursts. */
    private static void onReader(Reading reading) throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        new Reader(reading, end).start();
        end.get(55, TimeUnit.SECONDS);
    }

    private static final class Reader extends Thread implements BurstThread {
        private final Burst burst = new Burst();
        private final Reading reading;
        private final CompletableFuture<Void> end;

        Reader(Reading reading, CompletableFuture<Void> end) {
            this.reading = reading;
            this.end = end;
        }

        @Override
        public void run() {
            try {
                reading.read(burst);
                end.complete(null);
            } catch (Throwable thrown) {
                end.completeExceptionally(thrown);
            }
        }

        @Override
        public Burst burst() {
            return burst;
        }
    }
}
