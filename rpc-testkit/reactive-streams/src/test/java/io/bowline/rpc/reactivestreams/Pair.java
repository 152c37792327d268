package io.bowline.rpc.reactivestreams;

import io.bowline.rpc.Address;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.stream.Streams;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.transport.netty.NettyTransport;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.reactivestreams.tck.TestEnvironment;

/** A server and a client. */
final class Pair implements AutoCloseable {
    private static final long TIMEOUT_MILLIS = 2_000;
    private static final long SILENCE_MILLIS = 100;

    /** What the service was lent, and who subscribes to what it is told to publish. */
    private final BlockingQueue<Flow.Publisher<Integer>> lent = new LinkedBlockingQueue<>();

    private final BlockingQueue<Flow.Subscriber<? super Integer>> subscribers = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final Transport transport;
    private final RpcServer server;
    private final RpcClient client;
    private final Numbers numbers;

    private Pair(Transport transport, Address address) {
        this.transport = transport;
        server = RpcServer.builder()
                .transport(transport)
                .serializer(ProtostuffSerializer.create())
                .listen(address)
                .drainGrace(Duration.ZERO)
                .service(Numbers.class, new Service())
                .start();
        client = RpcClient.builder()
                .transport(transport)
                .serializer(ProtostuffSerializer.create())
                .timeout(Duration.ofMinutes(10))
                .addresses(server.address())
                .build();
        numbers = client.proxy(Numbers.class);
    }

    static Pair local() {
        return new Pair(new LocalTransport(), new Address("numbers", 1));
    }

    static Pair netty() {
        return new Pair(new NettyTransport(), new Address("127.0.0.1", 0));
    }

    static TestEnvironment environment() {
        return new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS);
    }

    /** As many numbers, from 0 on. */
    static Flow.Publisher<Integer> upTo(long count) {
        return Streams.from(() ->
                LongStream.range(0, count).mapToObj(number -> (int) number).iterator());
    }

    Numbers numbers() {
        return numbers;
    }

    /** These numbers as the service gets them. */
    Flow.Publisher<Integer> lend(Flow.Publisher<Integer> own) {
        CompletableFuture<String> unused = numbers.lend(own);
        return next(lent);
    }

    /** The server's subscriber to a stream that somebody reads. */
    Flow.Subscriber<? super Integer> subscriber(Flow.Subscriber<Integer> reader) {
        numbers.told().subscribe(reader);
        return next(subscribers);
    }

    private static <T> T next(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        closed.complete("closed");
        client.close();
        server.close();
        transport.close();
    }

    private final class Service implements Numbers {
        @Override
        public Flow.Publisher<Integer> upTo(long count) {
            return Pair.upTo(count);
        }

        @Override
        public Flow.Publisher<Integer> failing() {
            throw new IllegalStateException("no numbers");
        }

        @Override
        public Flow.Publisher<Integer> told() {
            return subscribers::add;
        }

        @Override
        public CompletableFuture<String> lend(Flow.Publisher<Integer> numbers) {
            lent.add(numbers);
            return closed;
        }
    }
}
