package io.bowline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandlerThreadsTest {
    private static final int PATIENCE_SECONDS = 20;

    private final ExecutorService handlers = HandlerThreads.create("test");

    @AfterEach
    void tearDown() {
        handlers.shutdownNow();
    }

    @Test
    void runsEveryTaskOnce() throws InterruptedException {
        int producers = 4;
        int each = 20_000;
        AtomicInteger[] runs = new AtomicInteger[producers * each];
        CountDownLatch done = new CountDownLatch(runs.length);
        for (int i = 0; i < runs.length; i++) {
            runs[i] = new AtomicInteger();
        }
        for (int p = 0; p < producers; p++) {
            int first = p * each;
            new Thread(() -> {
                        for (int i = first; i < first + each; i++) {
                            int task = i;
                            submit(() -> {
                                runs[task].incrementAndGet();
                                done.countDown();
                            });
                        }
                    })
                    .start();
        }
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).allMatch(count -> count.get() == 1);
    }

    /** As a caller does who is refused: tries again. */
    private void submit(Runnable task) {
        while (true) {
            try {
                handlers.execute(task);
                return;
            } catch (RejectedExecutionException full) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void tasksThatWaitForEachOtherAllRun() throws InterruptedException {
        int tasks = 32; // each of them needs a thread of its own
        makeQuick();
        CountDownLatch all = new CountDownLatch(tasks);
        CountDownLatch met = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            handlers.execute(() -> {
                all.countDown();
                try {
                    all.await();
                    met.countDown();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(met.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskBehindOneThatBlocksGetsAnotherThread() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            makeQuick();
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch second = new CountDownLatch(1);
            handlers.execute(() -> awaitQuietly(release));
            handlers.execute(second::countDown);
            assertThat(second.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            release.countDown();
        }
    }

    @Test
    void aTaskThatThrowsHarmsNoOther() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(5);
        for (int i = 0; i < 5; i++) {
            handlers.execute(() -> {
                done.countDown();
                throw new IllegalStateException("thrown by a test");
            });
        }
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shutdownRunsWhatWaits() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            handlers.execute(runs::incrementAndGet);
        }
        handlers.shutdown();
        assertThat(handlers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(runs).hasValue(1_000);
        assertThatThrownBy(() -> handlers.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shutdownNowInterruptsWhatRuns() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        handlers.execute(() -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
        });
        running.await();
        handlers.shutdownNow();
        assertThat(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(handlers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void anInterruptLeftBehindIsNotTheNextTasks() throws InterruptedException {
        Set<Boolean> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(2_000);
        for (int i = 0; i < 1_000; i++) {
            handlers.execute(() -> {
                Thread.currentThread().interrupt();
                done.countDown();
            });
            handlers.execute(() -> {
                seen.add(Thread.currentThread().isInterrupted());
                done.countDown();
            });
        }
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly(false);
    }

    /** Lets the executor believe that tasks are short. */
    private void makeQuick() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(500);
        for (int i = 0; i < 500; i++) {
            handlers.execute(done::countDown);
        }
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
