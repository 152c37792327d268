package io.bowline.rpc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * Calls of every size, with time-outs and cancellations mixed in: every answer belongs to its question, every call ends,
 * and no buffer is lost. {@code -Dbowline.soak.calls=1000000} runs the whole million; the ordinary run is shorter.
 */
class MillionCallsTest {
    private static final long CALLS = Long.getLong("bowline.soak.calls", 60_000);
    private static final int MIB = 1024 * 1024;

    /** Whoever notices first says it: the client, or the server before it has begun. */
    private static final Set<Code> LATE = Set.of(Code.DEADLINE_EXCEEDED, Code.BUDGET_SPENT);

    interface Echo {
        CompletableFuture<byte[]> echo(byte[] bytes);

        /** Answers after the caller's patience, or not at all. */
        CompletableFuture<byte[]> slow(byte[] bytes);
    }

    @NonBlocking
    static final class EchoService implements Echo {
        @Override
        public CompletableFuture<byte[]> echo(byte[] bytes) {
            return CompletableFuture.completedFuture(bytes);
        }

        @Override
        public CompletableFuture<byte[]> slow(byte[] bytes) {
            return new CompletableFuture<>();
        }
    }

    private final LongAdder answered = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong unexpected = new AtomicLong();

    @Test
    void everyAnswerBelongsToItsQuestionAndNothingLeaks() throws Exception {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        CountingLeaks leaks = new CountingLeaks();
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(leaks);
        try (RpcServer server = RpcServer.builder()
                        .listen(new Address("127.0.0.1", 0))
                        .drainGrace(Duration.ofSeconds(1))
                        .service(Echo.class, new EchoService())
                        .start();
                RpcClient client = RpcClient.builder()
                        .addresses(server.address())
                        .connectionsPerProvider(4)
                        .timeout(Duration.ofSeconds(30))
                        .build()) {
            Echo echo = client.proxy(Echo.class);
            Echo hurried = client.proxy(Echo.class, o -> o.timeout(Duration.ofMillis(20)));
            run(echo, hurried);
        }
        System.gc();
        assertThat(wrong).as("answers of another question").hasValue(0);
        assertThat(unexpected).as("unexpected outcomes").hasValue(0);
        assertThat(answered.sum() + late.sum() + cancelled.sum())
                .as("every call ends")
                .isEqualTo(CALLS);
        assertThat(late.sum()).isPositive();
        assertThat(cancelled.sum()).isPositive();
        assertThat(leaks.reported()).as("leaked buffers").isZero();
    }

    private void run(Echo echo, Echo hurried) {
        SplittableRandom random = new SplittableRandom(42);
        Semaphore inFlight = new Semaphore(128);
        for (long id = 0; id < CALLS; id++) {
            inFlight.acquireUninterruptibly();
            byte[] question = question(random, id);
            int dice = random.nextInt(100);
            CompletableFuture<byte[]> call = dice < 2 ? hurried.slow(question) : echo.echo(question);
            call.whenComplete((answer, thrown) -> {
                check(question, answer, thrown);
                inFlight.release();
            });
            if (dice > 97) {
                call.cancel(true);
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> inFlight.availablePermits() == 128);
    }

    /** Mostly small, now and then up to a mebibyte; the content tells the question. */
    private static byte[] question(SplittableRandom random, long id) {
        int bits = random.nextInt(1_000) == 0 ? 20 : random.nextInt(12);
        byte[] bytes = new byte[random.nextInt((1 << bits) + (bits == 20 ? 1 : 0))];
        Arrays.fill(bytes, (byte) (id * 31));
        for (int i = 0; i < Math.min(8, bytes.length); i++) {
            bytes[i] = (byte) (id >>> (8 * i));
        }
        assertThat(bytes.length).isLessThanOrEqualTo(MIB);
        return bytes;
    }

    private void check(byte[] question, byte[] answer, Throwable thrown) {
        if (answer != null) {
            answered.increment();
            if (!Arrays.equals(question, answer)) {
                wrong.incrementAndGet();
            }
        } else if (thrown instanceof java.util.concurrent.CancellationException) {
            cancelled.increment();
        } else if (LATE.contains(RpcException.from(thrown).code())) {
            late.increment();
        } else {
            unexpected.incrementAndGet();
            thrown.printStackTrace();
        }
    }

    /** Counts what the paranoid detector would only log. */
    private static final class CountingLeaks extends ResourceLeakDetectorFactory {
        private static final AtomicLong REPORTED = new AtomicLong();

        long reported() {
            return REPORTED.get();
        }

        @Override
        @SuppressWarnings("deprecation") // The class still declares it abstract.
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return newResourceLeakDetector(resource, samplingInterval);
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
            return new ResourceLeakDetector<>(resource, samplingInterval) {
                @Override
                protected boolean needReport() {
                    return true;
                }

                @Override
                protected void reportTracedLeak(String resourceType, String records) {
                    REPORTED.incrementAndGet();
                }

                @Override
                protected void reportUntracedLeak(String resourceType) {
                    REPORTED.incrementAndGet();
                }
            };
        }
    }
}
