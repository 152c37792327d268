package io.bowline.examples.deploy;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A consumer that finds providers through {@code REGISTRY}, and asks for the time twice a second until it is stopped. */
public final class Consumer {
    private final Clock clock;
    private int calls;
    private int failed;

    private Consumer(Clock clock) {
        this.clock = clock;
    }

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped.countDown();
            awaitQuietly(ended);
        }));
        try (RpcClient client = RpcClient.connect(System.getenv().getOrDefault("REGISTRY", ""))) {
            // The time is for a busy machine's first call.
            Consumer consumer =
                    new Consumer(client.proxy(Clock.class, options -> options.timeout(Duration.ofSeconds(15))));
            do {
                consumer.ask();
            } while (!stopped.await(500, TimeUnit.MILLISECONDS));
            System.out.printf("calls %d, failed %d%n", consumer.calls, consumer.failed);
        } finally {
            ended.countDown();
        }
    }

    private void ask() {
        calls++;
        try {
            Clock.Reading reading = clock.now();
            System.out.println("It is " + reading.time() + " at " + reading.node());
        } catch (RpcException failure) {
            failed++;
            System.out.println("FAILED " + failure.getMessage());
        }
    }

    /** The JVM ends with its hooks, so a hook has to wait for what is to be done before. */
    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
