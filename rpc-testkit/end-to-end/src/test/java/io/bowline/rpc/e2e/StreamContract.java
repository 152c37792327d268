package io.bowline.rpc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Code;
import io.bowline.rpc.Idempotent;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.filter.CachePolicy;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.Serializer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a streamed answer is, whatever carries it. */
@Timeout(60)
abstract class StreamContract implements OverTransport {
    /** The service. */
    public interface Feed {
        Flow.Publisher<Integer> numbers(String which);

        Flow.Publisher<byte[]> blocks(int bytes);

        Flow.Publisher<Item> items() throws SoldOut;

        @Idempotent
        Flow.Publisher<Integer> again();
    }

    /** A contract that cannot be. */
    interface Keyed {
        @Idempotent(key = "0")
        Flow.Publisher<Integer> kept(String key);
    }

    /** An exception of the contract. */
    public static final class SoldOut extends Exception {
        private static final long serialVersionUID = 1;

        private final int left;

        public SoldOut(int left) {
            super("only " + left + " left");
            this.left = left;
        }

        public int left() {
            return left;
        }
    }

    private static Item item(int id) {
        return new Item(id, "item " + id, new BigDecimal(id), List.of("a", "b"), Optional.of("note"));
    }

    private final class Feeding implements Feed {
        @Override
        public Flow.Publisher<Integer> numbers(String which) {
            return numbers.apply(which);
        }

        @Override
        public Flow.Publisher<byte[]> blocks(int bytes) {
            return new Counted<>(20, i -> new byte[bytes], null);
        }

        @Override
        public Flow.Publisher<Item> items() {
            return new Counted<>(3, StreamContract::item, new SoldOut(7));
        }

        @Override
        public Flow.Publisher<Integer> again() {
            return Counted.to(3);
        }
    }

    private Function<String, Flow.Publisher<Integer>> numbers = which -> Counted.to(3);
    private Transport transport;
    private RpcServer server;
    private RpcClient client;

    abstract Serializer serializer();

    @BeforeEach
    void open() {
        transport = transport();
        server = RpcServer.builder()
                .transport(transport)
                .serializer(serializer())
                .listen(free())
                .drainGrace(Duration.ofMillis(200))
                .service(Feed.class, new Feeding())
                .start();
        client = client().build();
    }

    private RpcClientBuilder client() {
        return RpcClient.builder().transport(transport).serializer(serializer()).addresses(server.address());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        transport.close();
    }

    private Feed feed() {
        return client.proxy(Feed.class);
    }

    private <P extends Flow.Publisher<Integer>> P publishes(P publisher) {
        numbers = which -> publisher;
        return publisher;
    }

    @Test
    void bringsWhatIsAskedForAndNoMore() {
        Counted<Integer> source = publishes(Counted.to(5));
        Tape<Integer> tape = Tape.of(feed().numbers("x")).request(2);
        assertThat(tape.heard(2)).containsExactly(0, 1);
        assertThat(source.asked).hasValue(2);
        tape.request(3);
        assertThat(tape.end()).isNull();
        assertThat(tape.heard()).containsExactly(0, 1, 2, 3, 4);
        assertThat(source.asked).hasValue(5);
    }

    @Test
    void whoAsksForEverythingAndReadsSlowlyHoldsTheService() {
        Counted<Integer> source = publishes(Counted.to(200_000));
        Semaphore free = new Semaphore(10);
        Tape<Integer> tape = new Tape<>(element -> free.acquireUninterruptibly());
        feed().numbers("x").subscribe(tape);
        tape.request(Long.MAX_VALUE);
        tape.heard(10);
        Integer fast = 0;
        assertThat(Tape.of(feed().again()).request(9).heard(3)).contains(fast);
        assertThat(source.written.get()).isLessThan(10_000);
        free.release(200_000);
        assertThat(tape.end()).isNull();
        assertThat(tape.heard()).isEqualTo(IntStream.range(0, 200_000).boxed().toList());
    }

    @Test
    void endsWithTheServicesOwnExceptionAfterWhatCameBefore() {
        Tape<Item> tape = Tape.of(items()).request(9);
        assertThat(tape.end())
                .isInstanceOfSatisfying(
                        SoldOut.class, why -> assertThat(why.left()).isEqualTo(7));
        assertThat(tape.heard()).containsExactly(item(0), item(1), item(2));
    }

    private Flow.Publisher<Item> items() {
        try {
            return feed().items();
        } catch (SoldOut impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void aServiceThatFailsAtOnceFailsTheStream() {
        numbers = which -> {
            throw new IllegalStateException("not today: " + which);
        };
        assertThat(Tape.of(feed().numbers("x")).end())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not today: x");
        numbers = which -> null;
        assertThat(Tape.of(feed().numbers("x")).end()).hasMessageContaining("expected: a Flow.Publisher");
        numbers = which -> reader -> {
            throw new IllegalStateException("no subscribers");
        };
        assertThat(Tape.of(feed().numbers("x")).request(1).end()).hasMessageContaining("no subscribers");
    }

    @Test
    void cancellingReachesTheService() {
        Counted<Integer> source = publishes(Counted.to(9));
        Tape<Integer> tape = Tape.of(feed().numbers("x")).request(1);
        tape.heard(1);
        tape.cancel();
        await().untilAsserted(() -> assertThat(source.cancelled).hasPositiveValue());
        tape.request(5);
        assertThat(Tape.of(feed().again()).request(9).end()).isNull();
        assertThat(tape.heard()).containsExactly(0);
        assertThat(tape.ended()).isFalse();
    }

    @Test
    void cancellingBeforeTheAnswerReachesTheServiceToo() throws InterruptedException {
        Counted<Integer> source = Counted.to(9);
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        numbers = which -> {
            called.countDown();
            try {
                answer.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return source;
        };
        Tape<Integer> tape = Tape.of(feed().numbers("x")).request(9);
        called.await();
        tape.cancel();
        answer.countDown();
        await().untilAsserted(() -> assertThat(source.cancelled).hasPositiveValue());
        assertThat(source.written).hasValue(0);
    }

    @Test
    void eachSubscriptionIsACallAndOnlyOneUnlessTheMethodIsIdempotent() {
        Flow.Publisher<Integer> once = feed().numbers("x");
        assertThat(Tape.of(once).request(9).end()).isNull();
        assertThat(Tape.of(once).request(9).end())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@Idempotent");
        Flow.Publisher<Integer> again = feed().again();
        assertThat(Tape.of(again).request(9).heard(3)).containsExactly(0, 1, 2);
        assertThat(Tape.of(again).request(9).heard(3)).containsExactly(0, 1, 2);
    }

    @Test
    void theDeadlineIsForTheFirstElement() {
        Feed hurried = client.proxy(Feed.class, o -> o.timeout(Duration.ofMillis(100)));
        SubmissionPublisher<Integer> silent = publishes(new SubmissionPublisher<>());
        assertThat(Tape.of(hurried.numbers("x")).request(1).end())
                .isInstanceOfSatisfying(
                        RpcException.class, why -> assertThat(why.code()).isEqualTo(Code.DEADLINE_EXCEEDED));
        await().until(() -> silent.getNumberOfSubscribers() == 0);
        SubmissionPublisher<Integer> slow = new SubmissionPublisher<>();
        numbers = which -> reader -> {
            slow.subscribe(reader);
            slow.submit(1);
        };
        Tape<Integer> kept = Tape.of(hurried.numbers("x")).request(2);
        kept.heard(1);
        publishes(silent);
        assertThat(Tape.of(hurried.numbers("y")).end()).isInstanceOf(RpcException.class);
        assertThat(kept.ended()).isFalse(); // Though its time, which began before, has passed.
        slow.submit(2);
        slow.close();
        assertThat(kept.end()).isNull();
        assertThat(kept.heard()).containsExactly(1, 2);
    }

    @Test
    void theDeadlineMayBeForTheWholeStream() {
        Feed hurried = client.proxy(
                Feed.class, o -> o.timeout(Duration.ofSeconds(1)).method("numbers", m -> m.wholeStream(true)));
        publishes(Counted.to(3));
        assertThat(Tape.of(hurried.numbers("in time")).request(9).end()).isNull();
        SubmissionPublisher<Integer> slow = publishes(new SubmissionPublisher<>());
        Tape<Integer> tape = Tape.of(hurried.numbers("late")).request(9);
        await().until(() -> slow.getNumberOfSubscribers() == 1);
        slow.submit(1);
        assertThat(tape.end())
                .isInstanceOfSatisfying(
                        RpcException.class, why -> assertThat(why.code()).isEqualTo(Code.DEADLINE_EXCEEDED))
                .hasMessageContaining("has not ended within");
        assertThat(tape.heard()).isSubsetOf(1);
        await().until(() -> slow.getNumberOfSubscribers() == 0);
    }

    @Test
    void carriesLargeElements() {
        for (int bytes : new int[] {0, 1, 20_000, 60_000, 65_536, 70_000, 1 << 20}) {
            Tape<byte[]> tape = Tape.of(feed().blocks(bytes)).request(Long.MAX_VALUE);
            assertThat(tape.end()).isNull();
            assertThat(tape.heard()).hasSize(20).allMatch(block -> block.length == bytes);
        }
    }

    @Test
    void manyStreamsAtATime() {
        List<Tape<Integer>> tapes = new ArrayList<>();
        numbers = which -> Counted.to(100);
        for (int i = 0; i < 1_000; i++) {
            tapes.add(Tape.of(feed().numbers("x")).request(10));
        }
        tapes.forEach(tape -> assertThat(tape.heard(10)).hasSize(10));
        tapes.forEach(tape -> tape.request(Long.MAX_VALUE));
        tapes.forEach(tape -> assertThat(tape.end()).isNull());
        tapes.forEach(tape -> assertThat(tape.heard()).hasSize(100));
    }

    @Test
    void endsOnceWhenTheServerCloses() {
        Counted<Integer> source = publishes(Counted.to(9));
        Tape<Integer> tape = Tape.of(feed().numbers("x")).request(1);
        tape.heard(1);
        server.close();
        assertThat(tape.end())
                .isInstanceOfSatisfying(
                        RpcException.class, why -> assertThat(why.code()).isEqualTo(Code.CONNECTION_LOST));
        await().untilAsserted(() -> assertThat(source.cancelled).hasPositiveValue());
    }

    @Test
    void endsOnceWhenTheClientCloses() {
        Counted<Integer> source = publishes(Counted.to(9));
        Tape<Integer> tape = Tape.of(feed().numbers("x")).request(1);
        tape.heard(1);
        client.close();
        assertThat(tape.end()).isInstanceOf(RpcException.class);
        await().untilAsserted(() -> assertThat(source.cancelled).hasPositiveValue());
    }

    @Test
    void aServiceThatPublishesMoreThanItIsAskedForIsStopped() {
        numbers = which -> reader -> reader.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                for (int i = 0; i <= n; i++) {
                    reader.onNext(i);
                }
            }

            @Override
            public void cancel() {
                // It knows no measure.
            }
        });
        Tape<Integer> tape = Tape.of(feed().numbers("x")).request(2);
        assertThat(tape.end()).hasMessageContaining("more elements were published than were asked for");
        assertThat(tape.heard()).containsExactly(0, 1);
    }

    @Test
    void asksForAtLeastOne() {
        publishes(Counted.to(9));
        Tape<Integer> early = Tape.of(feed().numbers("x")).request(0);
        assertThat(early.end()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("request(0)");
        Tape<Integer> late = Tape.of(feed().numbers("x")).request(1);
        late.heard(1);
        late.request(-1);
        assertThat(late.end()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("request(-1)");
    }

    @Test
    void aSubscriberThatFailsIsCancelled() {
        Counted<Integer> source = publishes(Counted.to(9));
        Tape<Integer> tape = new Tape<>(element -> {
            throw new IllegalStateException("a subscriber of a test fails");
        });
        feed().numbers("x").subscribe(tape);
        tape.request(5);
        await().untilAsserted(() -> assertThat(source.cancelled).hasPositiveValue());
        assertThat(tape.ended()).isFalse();
    }

    @Test
    void whatCannotBeSharedOrRepeatedIsRefusedWhenTheProxyIsMade() {
        assertThatThrownBy(() -> client.proxy(
                        Feed.class, o -> o.method("again", m -> m.cache(CachePolicy.of(9, Duration.ofSeconds(1))))))
                .hasMessageContaining("has a stream");
        for (CallStrategy strategy : List.of(CallStrategy.forking(), CallStrategy.broadcast())) {
            assertThatThrownBy(() -> client.proxy(Feed.class, o -> o.method("again", m -> m.strategy(strategy))))
                    .hasMessageContaining("has a stream");
        }
        assertThatThrownBy(() -> client.proxy(Keyed.class)).hasMessageContaining("@Idempotent without a key");
    }
}
