package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.IoThread;
import io.bowline.rpc.transport.LocalTransport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A streamed answer over the local transport, with the whole engine between. */
class LocalStreamTest {
    interface Numbers {
        Flow.Publisher<String> count(String upTo);
    }

    /** Writes what it is asked for, and keeps what it was asked. */
    private static final class Counting implements Flow.Publisher<String>, Flow.Subscription {
        private final int upTo;
        private final @Nullable RuntimeException end;
        private final List<Long> requests = new CopyOnWriteArrayList<>();
        private final AtomicInteger written = new AtomicInteger();
        private final AtomicInteger cancelled = new AtomicInteger();
        private volatile Flow.@Nullable Subscriber<? super String> reader;

        Counting(int upTo, @Nullable RuntimeException end) {
            this.upTo = upTo;
            this.end = end;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super String> subscriber) {
            reader = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            requests.add(n);
            Flow.Subscriber<? super String> to = reader;
            for (long i = 0; i < n && written.get() < upTo && to != null; i++) {
                to.onNext("n" + written.incrementAndGet());
            }
            if (to != null && written.get() == upTo) {
                if (end == null) {
                    to.onComplete();
                } else {
                    to.onError(end);
                }
            }
        }

        @Override
        public void cancel() {
            cancelled.incrementAndGet();
        }
    }

    private static final class Reader implements Flow.Subscriber<String> {
        private final List<String> signals = new CopyOnWriteArrayList<>();
        private volatile @Nullable Throwable failure;
        private volatile Flow.@Nullable Subscription subscription;
        private volatile boolean onIo;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            heard("subscribed");
            this.subscription = subscription;
        }

        @Override
        public void onNext(String item) {
            heard(item);
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
            heard("failed");
        }

        @Override
        public void onComplete() {
            heard("complete");
        }

        private void heard(String signal) {
            onIo |= IoThread.isCurrent();
            signals.add(signal);
        }

        void request(long n) {
            await().until(() -> subscription != null);
            Flow.Subscription to = subscription;
            if (to != null) {
                to.request(n);
            }
        }

        void cancel() {
            Flow.Subscription to = subscription;
            if (to != null) {
                to.cancel();
            }
        }

        void heardAll(String... expected) {
            await().untilAsserted(() -> assertThat(signals).containsExactly(expected));
            assertThat(onIo).isFalse();
        }
    }

    private final LocalTransport transport = new LocalTransport();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Flow.@Nullable Publisher<String> published;
    private final RpcServer server = RpcServer.builder()
            .transport(transport)
            .serializer(new TextSerializer())
            .listen(new Address("streams", 0))
            .maxConcurrentCalls(1)
            .service(Numbers.class, upTo -> {
                calls.incrementAndGet();
                if (upTo.equals("refused")) {
                    throw new IllegalArgumentException("no");
                }
                return published;
            })
            .start();
    private final RpcClient client = RpcClient.builder()
            .transport(transport)
            .serializer(new TextSerializer())
            .addresses(server.address())
            .build();
    private final Numbers numbers = client.proxy(Numbers.class);

    @AfterEach
    void close() {
        client.close();
        server.close();
        transport.close();
    }

    private Reader read(Counting source) {
        published = source;
        Reader reader = new Reader();
        numbers.count("x").subscribe(reader);
        return reader;
    }

    @Test
    void bringsWhatIsAskedForAndNoMore() {
        Counting source = new Counting(5, null);
        Reader reader = read(source);
        reader.request(2);
        reader.heardAll("subscribed", "n1", "n2");
        assertThat(source.written).hasValue(2);
        reader.request(3);
        reader.heardAll("subscribed", "n1", "n2", "n3", "n4", "n5", "complete");
        assertThat(source.requests).containsExactly(2L, 3L);
    }

    @Test
    void callsWhenSubscribedAndOnlyOnce() {
        published = new Counting(1, null);
        Flow.Publisher<String> result = numbers.count("x");
        assertThat(calls).hasValue(0);
        Reader first = new Reader();
        result.subscribe(first);
        first.request(1);
        first.heardAll("subscribed", "n1", "complete");
        Reader second = new Reader();
        result.subscribe(second);
        second.heardAll("subscribed", "failed");
        assertThat(second.failure).isInstanceOf(IllegalStateException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void failsWithTheServicesOwnException() {
        Reader reader = read(new Counting(1, new IllegalArgumentException("too many")));
        reader.request(9);
        reader.heardAll("subscribed", "n1", "failed");
        assertThat(reader.failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("too many");
        Reader refused = new Reader();
        numbers.count("refused").subscribe(refused);
        refused.heardAll("subscribed", "failed");
        assertThat(refused.failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no");
    }

    @Test
    void cancellingReachesTheServiceAndFreesThePlace() {
        Counting source = new Counting(9, null);
        Reader reader = read(source);
        reader.request(1);
        reader.heardAll("subscribed", "n1");
        Reader kept = read(source);
        await().until(() -> kept.failure != null);
        assertThat(kept.failure)
                .isInstanceOfSatisfying(
                        RpcException.class, why -> assertThat(why.code()).isEqualTo(Code.OVERLOADED));
        reader.cancel();
        await().until(() -> source.cancelled.get() == 1);
        await().untilAsserted(() -> {
            Reader next = read(new Counting(1, null));
            next.request(1);
            next.heardAll("subscribed", "n1", "complete");
        });
        reader.heardAll("subscribed", "n1");
    }

    @Test
    void asksForAtLeastOne() {
        Reader reader = read(new Counting(9, null));
        reader.request(0);
        reader.heardAll("subscribed", "failed");
        assertThat(reader.failure).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsOnceWhenTheConnectionEnds() {
        Counting source = new Counting(9, null);
        Reader reader = read(source);
        reader.request(1);
        reader.heardAll("subscribed", "n1");
        transport.close();
        reader.heardAll("subscribed", "n1", "failed");
        assertThat(reader.failure)
                .isInstanceOfSatisfying(
                        RpcException.class, why -> assertThat(why.code()).isEqualTo(Code.CONNECTION_LOST));
        await().until(() -> source.cancelled.get() == 1);
    }
}
