package io.bowline.rpc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Code;
import io.bowline.rpc.Idempotent;
import io.bowline.rpc.OneWay;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.stream.StreamIterator;
import io.bowline.rpc.stream.Streams;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.Serializer;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream as an argument is, and streams both ways, whatever carries them. */
@Timeout(60)
abstract class UploadContract implements OverTransport {
    /** The service. */
    public interface Desk {
        long sum(Flow.Publisher<Integer> numbers);

        CompletableFuture<String> join(String before, Flow.Publisher<Item> items, String after);

        long bytes(Flow.Publisher<byte[]> blocks) throws IOException;

        Flow.Publisher<Integer> doubled(Flow.Publisher<Integer> numbers);

        /** Answers at once, whatever comes. */
        String ignored(Flow.Publisher<Integer> numbers);

        /** Reads one element and answers. */
        long twice(Flow.Publisher<Integer> numbers);

        int first(Flow.Publisher<Integer> numbers);

        void held(Flow.Publisher<Integer> numbers) throws InterruptedException;
    }

    interface Twice {
        @Idempotent
        void twice(Flow.Publisher<Integer> numbers);
    }

    interface Deaf {
        @OneWay
        void deaf(Flow.Publisher<Integer> numbers);
    }

    interface Two {
        void two(Flow.Publisher<Integer> numbers, Flow.Publisher<Integer> more);
    }

    private static final class Clerk implements Desk {
        private final CountDownLatch held = new CountDownLatch(1);
        private final Tape<Integer> tape = new Tape<>();

        @Override
        public long sum(Flow.Publisher<Integer> numbers) {
            try (var all = Streams.iterate(numbers).stream()) {
                return all.mapToLong(Integer::longValue).sum();
            }
        }

        @Override
        public CompletableFuture<String> join(String before, Flow.Publisher<Item> items, String after) {
            StringBuilder text = new StringBuilder(before);
            CompletableFuture<String> joined = new CompletableFuture<>();
            items.subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(Item item) {
                    text.append(item.name()).append(' ');
                }

                @Override
                public void onError(Throwable thrown) {
                    joined.completeExceptionally(thrown);
                }

                @Override
                public void onComplete() {
                    joined.complete(text + after);
                }
            });
            return joined;
        }

        @Override
        public long bytes(Flow.Publisher<byte[]> blocks) throws IOException {
            try (InputStream in = Streams.inputStream(blocks)) {
                return in.skip(Long.MAX_VALUE);
            }
        }

        @Override
        public Flow.Publisher<Integer> doubled(Flow.Publisher<Integer> numbers) {
            return doubled -> numbers.subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    doubled.onSubscribe(subscription);
                }

                @Override
                public void onNext(Integer number) {
                    doubled.onNext(2 * number);
                }

                @Override
                public void onError(Throwable thrown) {
                    doubled.onError(thrown);
                }

                @Override
                public void onComplete() {
                    doubled.onComplete();
                }
            });
        }

        @Override
        public String ignored(Flow.Publisher<Integer> numbers) {
            return "whatever";
        }

        @Override
        public long twice(Flow.Publisher<Integer> numbers) {
            return sum(numbers) + sum(numbers);
        }

        @Override
        public int first(Flow.Publisher<Integer> numbers) {
            try (StreamIterator<Integer> some = Streams.iterate(numbers)) {
                return some.next();
            }
        }

        @Override
        public void held(Flow.Publisher<Integer> numbers) throws InterruptedException {
            numbers.subscribe(tape);
            tape.request(1);
            held.await();
        }
    }

    private final Clerk clerk = new Clerk();
    private Transport transport;
    private RpcServer server;
    private RpcClient client;
    private Desk desk;

    abstract Serializer serializer();

    @BeforeEach
    void open() {
        transport = transport();
        server = RpcServer.builder()
                .transport(transport)
                .serializer(serializer())
                .listen(free())
                .drainGrace(Duration.ofMillis(200))
                .service(Desk.class, clerk)
                .start();
        client = RpcClient.builder()
                .transport(transport)
                .serializer(serializer())
                .timeout(Duration.ofSeconds(30))
                .addresses(server.address())
                .build();
        desk = client.proxy(Desk.class);
    }

    @AfterEach
    void close() {
        clerk.held.countDown();
        client.close();
        server.close();
        transport.close();
    }

    private static Item item(int id) {
        return new Item(id, "item" + id, BigDecimal.ONE, List.of(), Optional.empty());
    }

    @Test
    void everyElementArrives() {
        assertThat(desk.sum(Counted.to(0))).isZero();
        assertThat(desk.sum(Counted.to(100_000))).isEqualTo(4_999_950_000L);
        Counted<Item> items = new Counted<>(3, UploadContract::item, null);
        assertThat(desk.join("<", items, ">").join()).isEqualTo("<item0 item1 item2 >");
    }

    @Test
    void bytesArriveInBlocksOfAnySize() throws IOException {
        for (int block : new int[] {10, 60_000, 70_000, 1 << 20}) {
            Counted<byte[]> blocks = new Counted<>(5, i -> new byte[block], null);
            assertThat(desk.bytes(blocks)).isEqualTo(5L * block);
        }
    }

    @Test
    void bothWaysEachElementMayAnswerAnother() {
        Counted<Integer> source = Counted.to(5);
        Tape<Integer> tape = Tape.of(desk.doubled(source));
        assertThat(source.asked).hasValue(0);
        tape.request(2);
        assertThat(tape.heard(2)).containsExactly(0, 2);
        assertThat(source.written).hasValue(2);
        tape.request(9);
        assertThat(tape.end()).isNull();
        assertThat(tape.heard()).containsExactly(0, 2, 4, 6, 8);
        Tape<Integer> many = Tape.of(desk.doubled(Counted.to(100_000))).request(Long.MAX_VALUE);
        assertThat(many.end()).isNull();
        assertThat(many.heard())
                .isEqualTo(IntStream.range(0, 100_000).map(i -> 2 * i).boxed().toList());
    }

    @Test
    void theServiceHearsOfTheCallersFailure() {
        Counted<Integer> broken = new Counted<>(2, i -> i, new IllegalStateException("no more numbers"));
        assertThatThrownBy(() -> desk.sum(broken)).hasMessageContaining("no more numbers");
        Tape<Integer> tape = Tape.of(desk.doubled(new Counted<>(2, i -> i, new IllegalArgumentException("odd"))))
                .request(9);
        assertThat(tape.end()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("odd");
        assertThat(tape.heard()).containsExactly(0, 2);
    }

    @Test
    void whoIsNotReadIsNotAsked() {
        Counted<Integer> source = Counted.to(5);
        assertThat(desk.ignored(source)).isEqualTo("whatever");
        assertThat(source.asked).hasValue(0);
        assertThat(source.cancelled).hasValue(0);
    }

    @Test
    void theAnswerEndsTheStreamOfTheRequest() {
        Counted<Integer> endless = Counted.to(Integer.MAX_VALUE);
        assertThat(desk.first(endless)).isZero();
        await().untilAsserted(() -> assertThat(endless.cancelled).hasPositiveValue());
        assertThat(endless.written.get()).isLessThan(10_000);
        assertThat(desk.sum(Counted.to(3))).isEqualTo(3);
    }

    @Test
    void aCallThatEndsEarlyEndsItForBoth() {
        Counted<Integer> source = Counted.to(9);
        Desk hurried = client.proxy(Desk.class, o -> o.timeout(Duration.ofSeconds(2)));
        assertThatThrownBy(() -> hurried.held(source))
                .isInstanceOfSatisfying(
                        RpcException.class, why -> assertThat(why.code()).isEqualTo(Code.DEADLINE_EXCEEDED));
        await().untilAsserted(() -> assertThat(source.cancelled).hasPositiveValue());
        assertThat(clerk.tape.end()).isInstanceOf(RpcException.class);
        assertThat(clerk.tape.heard()).containsExactly(0);
    }

    @Test
    void cancellingTheFutureCancelsThePublisher() {
        SubmissionPublisher<Item> silent = new SubmissionPublisher<>();
        CompletableFuture<String> joined = desk.join("<", silent, ">");
        await().until(() -> silent.getNumberOfSubscribers() == 1);
        joined.cancel(true);
        await().until(() -> silent.getNumberOfSubscribers() == 0);
    }

    @Test
    void theServerIsGone() {
        Counted<Integer> source = Counted.to(9);
        Tape<Integer> tape = Tape.of(desk.doubled(source)).request(1);
        tape.heard(1);
        server.close();
        assertThat(tape.end()).isInstanceOf(RpcException.class);
        await().untilAsserted(() -> assertThat(source.cancelled).hasPositiveValue());
    }

    @Test
    void anElementThatCannotBeWrittenFailsTheStream() {
        Counted<Item> nothing = new Counted<>(1, i -> null, null);
        CompletableFuture<String> joined = desk.join("<", nothing, ">");
        assertThatThrownBy(joined::join).isInstanceOf(CompletionException.class);
    }

    @Test
    void itIsReadOnce() {
        assertThatThrownBy(() -> desk.twice(Counted.to(3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has a subscriber (expected: one)");
        assertThat(desk.sum(Counted.to(3))).isEqualTo(3);
    }

    @Test
    void nullIsNoStream() {
        assertThatThrownBy(() -> desk.sum(null))
                .hasMessageContaining("argument 1 is null (expected: a Flow.Publisher)");
    }

    @Test
    void whatCannotBeIsRefusedWhenTheProxyIsMade() {
        assertThatThrownBy(() -> client.proxy(Twice.class)).hasMessageContaining("@Idempotent on ");
        assertThatThrownBy(() -> client.proxy(Deaf.class)).hasMessageContaining("@OneWay on ");
        assertThatThrownBy(() -> client.proxy(Two.class)).hasMessageContaining("one at most");
        assertThatThrownBy(() -> client.proxy(Desk.class, o -> o.method("sum", m -> m.idempotent(true))))
                .hasMessageContaining("can be read once");
    }
}
