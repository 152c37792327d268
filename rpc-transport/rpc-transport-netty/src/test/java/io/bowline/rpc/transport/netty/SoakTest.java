package io.bowline.rpc.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bowline.rpc.Address;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.TransportMessage;
import io.bowline.rpc.testkit.TransportProbe;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Many echo calls of random sizes from 0 B to 1 MiB over several connections, with deadlines and cancels mixed in, at
 * paranoid leak detection: every answer belongs to its question, every call ends, nothing is left.
 *
 * <p>20,000 calls; {@code -Dbowline.soak=1000000} for the long run.
 */
class SoakTest {
    private static final int CALLS = Integer.getInteger("bowline.soak", 20_000);
    private static final int CONNECTIONS = 4;
    private static final int CALLERS = 8;
    private static final int IN_FLIGHT = 64;

    private final ResourceLeakDetector.Level former = ResourceLeakDetector.getLevel();
    private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();
    private final LongAdder answered = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder otherwise = new LongAdder();
    private final ExecutorService handlers = Executors.newFixedThreadPool(4);

    @BeforeEach
    void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        leaks.start();
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(leaks);
    }

    @AfterEach
    void unwatch() {
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).detachAppender(leaks);
        ResourceLeakDetector.setLevel(former);
        handlers.shutdownNow();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyAnswerMeetsItsQuestionAndNothingIsLeft() throws InterruptedException {
        try (NettyTransport transport = NettyTransport.builder().ioThreads(2).build()) {
            TransportProbe probe = new TransportProbe(transport, new Address("127.0.0.1", 0));
            probe.forgetful();
            probe.answering(this::answer);
            List<Connection> connections = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(probe.connect());
            }
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                SplittableRandom random = new SplittableRandom(caller);
                callers.add(new Thread(() -> call(connections, random, CALLS / CALLERS)));
            }
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(wrong.sum()).as("answers to another question").isZero();
            assertThat(otherwise.sum()).as("calls that failed otherwise").isZero();
            assertThat(answered.sum() + timedOut.sum() + cancelled.sum()).isEqualTo(CALLS / CALLERS * CALLERS);
            assertThat(timedOut.sum()).isPositive();
            assertThat(cancelled.sum()).isPositive();
            for (Connection connection : connections) {
                await().until(() -> TransportProbe.await(((ClientConnection) connection).inFlight()) == 0);
            }
            TransportProbe.await(probe.binding().drain(Duration.ofSeconds(20)));
        }
        collectLeaks();
        assertThat(leaks.list).isEmpty();
    }

    /** Some answers come at once, some from another thread, some never: those are the calls that time out. */
    private CompletionStage<Outbound<ResponseHead>> answer(Inbound<RequestHead> request) {
        byte[] body = TransportProbe.bytes(request.body());
        String want = String.valueOf(request.head().metadata().get("want"));
        return switch (want) {
            case "never" -> new CompletableFuture<>();
            case "later" -> CompletableFuture.supplyAsync(() -> TransportMessage.ok(body), handlers);
            default -> CompletableFuture.completedFuture(TransportMessage.ok(body));
        };
    }

    private void call(List<Connection> connections, SplittableRandom random, int calls) {
        Semaphore room = new Semaphore(IN_FLIGHT);
        for (int i = 0; i < calls; i++) {
            room.acquireUninterruptibly();
            Connection connection = connections.get(random.nextInt(connections.size()));
            byte[] body = new byte[size(random)];
            random.nextBytes(body);
            int kind = random.nextInt(100);
            Duration limit = kind < 2 ? Duration.ofMillis(random.nextInt(1, 60)) : Duration.ofMinutes(10);
            Metadata labels = Metadata.of("want", kind < 2 ? "never" : kind < 40 ? "later" : "now");
            Cancellation cancellation = new Cancellation();
            CompletionStage<Inbound<ResponseHead>> call =
                    connection.call(TransportMessage.of(TransportProbe.head(limit, cancellation, labels, false), body));
            call.whenComplete((answer, thrown) -> {
                judge(body, answer, thrown);
                room.release();
            });
            if (kind >= 98) {
                cancellation.cancel();
            } else if (kind == 97) {
                call.toCompletableFuture().cancel(true);
            }
        }
        room.acquireUninterruptibly(IN_FLIGHT);
    }

    /** Most are small, as they are in life: nine of ten under 1 KiB, one in a thousand up to 1 MiB. */
    private static int size(SplittableRandom random) {
        int dice = random.nextInt(1000);
        int most = dice < 1 ? 1 << 20 : dice < 10 ? 100_000 : dice < 100 ? 8_192 : 1_024;
        return random.nextInt(most + 1);
    }

    private void judge(byte[] question, Inbound<ResponseHead> answer, Throwable thrown) {
        if (thrown == null) {
            boolean right = answer.head().ok() && Arrays.equals(TransportProbe.bytes(answer.body()), question);
            (right ? answered : wrong).increment();
        } else if (thrown instanceof CancellationException) {
            cancelled.increment();
        } else if (thrown instanceof RpcException failure && failure.code() == Code.DEADLINE_EXCEEDED) {
            timedOut.increment();
        } else if (thrown instanceof RpcException failure && failure.code() == Code.CANCELLED) {
            cancelled.increment();
        } else {
            otherwise.increment();
        }
    }

    /** Leaks are found when their buffers were collected and another one is made. */
    private static void collectLeaks() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            for (int k = 0; k < 1000; k++) {
                PooledByteBufAllocator.DEFAULT.directBuffer(64).release();
            }
        }
    }
}
