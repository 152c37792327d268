package io.bowline.rpc.e2e.fleet;

import io.bowline.rpc.Address;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.stream.StreamIterator;
import io.bowline.rpc.stream.Streams;
import io.bowline.rpc.transport.netty.NettyTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Either end of very long streams, and of very many, in a process with a small heap. */
final class StreamMain {
    private static final int MANY = 10_000;

    /** The contract. */
    public interface Counter {
        /** The numbers from 0 on, without the last. */
        Flow.Publisher<Long> count(long last);
    }

    private StreamMain() {}

    /** Arguments: {@code serve}, or {@code read}, an address and how many elements. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("serve")) {
            serve();
        } else {
            try (NettyTransport transport = transport();
                    RpcClient client = RpcClient.builder()
                            .transport(transport)
                            .connectionsPerProvider(1)
                            .timeout(Duration.ofSeconds(30))
                            .addresses(Address.parse(arguments[1]))
                            .build()) {
                read(client.proxy(Counter.class), Long.parseLong(arguments[2]));
            }
            System.out.println("DONE");
        }
    }

    private static NettyTransport transport() {
        return NettyTransport.builder().maxCalls(4 * 4_096).build();
    }

    private static void serve() throws IOException {
        try (NettyTransport transport = transport();
                RpcServer server = RpcServer.builder()
                        .transport(transport)
                        .maxConcurrentCalls(4 * 4_096)
                        .listen(new Address("127.0.0.1", 0))
                        .service(Counter.class, last -> Streams.from(() -> numbers(last)))
                        .start()) {
            System.out.println("READY " + server.address());
            while (System.in.read() >= 0) {
                // Lives until its parent closes the pipe.
            }
        }
    }

    private static Iterator<Long> numbers(long last) {
        return new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                return next < last;
            }

            @Override
            public Long next() {
                return next++;
            }
        };
    }

    private static void read(Counter counter, long elements) throws InterruptedException {
        try (StreamIterator<Long> slowly = Streams.iterate(counter.count(Long.MAX_VALUE))) {
            AtomicLong slow = new AtomicLong();
            CountDownLatch enough = new CountDownLatch(1);
            Thread reader = new Thread(() -> {
                try {
                    while (!enough.await(100, TimeUnit.MILLISECONDS)) {
                        check(slowly.next(), slow.getAndIncrement());
                    }
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            reader.start();
            readFast(counter, elements);
            readMany(counter);
            enough.countDown();
            reader.join();
            System.out.println("SLOW " + slow);
        }
    }

    private static void check(long element, long expected) {
        if (element != expected) {
            throw new IllegalStateException("element " + element + " (expected: " + expected + ")");
        }
    }

    private static void readFast(Counter counter, long elements) throws InterruptedException {
        Reading reading = new Reading(1);
        counter.count(elements).subscribe(reading);
        reading.request(Long.MAX_VALUE);
        System.out.println("FAST " + reading.end());
    }

    /** All of them have had an element before any has another. */
    private static void readMany(Counter counter) throws InterruptedException {
        Reading[] all = new Reading[MANY];
        for (int i = 0; i < MANY; i++) {
            all[i] = new Reading(1);
            counter.count(3).subscribe(all[i]);
            all[i].request(1);
        }
        for (Reading reading : all) {
            reading.first();
        }
        long elements = 0;
        for (Reading reading : all) {
            reading.request(9);
            elements += reading.end();
        }
        System.out.println("MANY " + elements);
    }

    /** Counts, in order. */
    private static final class Reading implements Flow.Subscriber<Long> {
        private final CountDownLatch first;
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private volatile Flow.Subscription subscription;
        private long read;

        Reading(int first) {
            this.first = new CountDownLatch(first);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        void request(long n) {
            subscription.request(n);
        }

        @Override
        public void onNext(Long element) {
            check(element, read++);
            first.countDown();
        }

        @Override
        public void onError(Throwable thrown) {
            failure.set(thrown);
            first.countDown();
            end.countDown();
        }

        @Override
        public void onComplete() {
            end.countDown();
        }

        void first() throws InterruptedException {
            first.await();
        }

        long end() throws InterruptedException {
            end.await();
            if (failure.get() != null) {
                throw new IllegalStateException(failure.get());
            }
            return read;
        }
    }
}
