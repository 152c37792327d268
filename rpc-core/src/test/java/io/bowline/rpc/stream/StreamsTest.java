package io.bowline.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamsTest {
    /** Asks for what the test says. */
    private static final class Asking<T> implements Flow.Subscriber<T> {
        private final List<Object> heard = new ArrayList<>();
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(T element) {
            heard.add(element);
        }

        @Override
        public void onError(Throwable thrown) {
            heard.add(thrown);
        }

        @Override
        public void onComplete() {
            heard.add("end");
        }
    }

    private static <T> Asking<T> ask(Flow.Publisher<T> publisher) {
        Asking<T> asking = new Asking<>();
        publisher.subscribe(asking);
        return asking;
    }

    /** Numbers whose iterator is closed. */
    private static final class Closing implements Iterator<Integer>, AutoCloseable {
        private final AtomicInteger closed;
        private final int failAt;
        private int next;

        Closing(AtomicInteger closed, int failAt) {
            this.closed = closed;
            this.failAt = failAt;
        }

        @Override
        public boolean hasNext() {
            return next < 5;
        }

        @Override
        public Integer next() {
            if (next == failAt) {
                throw new IllegalStateException("no " + next);
            }
            return next++;
        }

        @Override
        public void close() throws IOException {
            closed.incrementAndGet();
            throw new IOException("closing fails, and harms nobody");
        }
    }

    @Test
    void publishesWhatIsAskedForToEachSubscriberFromTheBeginning() {
        Flow.Publisher<String> letters = Streams.from(List.of("a", "b", "c"));
        Asking<String> one = ask(letters);
        assertThat(one.heard).isEmpty();
        one.subscription.request(2);
        assertThat(one.heard).containsExactly("a", "b");
        one.subscription.request(1);
        assertThat(one.heard).containsExactly("a", "b", "c", "end");
        one.subscription.request(1);
        assertThat(one.heard).hasSize(4);
        Asking<String> another = ask(letters);
        another.subscription.request(Long.MAX_VALUE);
        assertThat(another.heard).containsExactly("a", "b", "c", "end");
        Asking<Object> none = ask(Streams.from(List.of()));
        none.subscription.request(1);
        assertThat(none.heard).containsExactly("end");
    }

    @Test
    void whoAsksWithinAnElementGetsTheNextOneAfterIt() {
        List<String> heard = new ArrayList<>();
        Streams.from(IntStream.range(0, 10_000).boxed().toList()).subscribe(new Flow.Subscriber<>() {
            private Flow.Subscription subscription;
            private boolean within;

            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription = given;
                given.request(1);
            }

            @Override
            public void onNext(Integer element) {
                heard.add(within + " " + element);
                within = true;
                subscription.request(1);
                within = false;
            }

            @Override
            public void onError(Throwable thrown) {
                heard.add(thrown.toString());
            }

            @Override
            public void onComplete() {
                heard.add("end");
            }
        });
        assertThat(heard).hasSize(10_001).last().isEqualTo("end");
        assertThat(heard).noneMatch(text -> text.startsWith("true"));
    }

    @Test
    void closesWhatItReadFromAtTheEndAndWhenCancelledAndWhenItFails() {
        AtomicInteger closed = new AtomicInteger();
        ask(Streams.from(() -> new Closing(closed, -1))).subscription.request(9);
        assertThat(closed).hasValue(1);
        Asking<Integer> cancelling = ask(Streams.from(() -> new Closing(closed, -1)));
        cancelling.subscription.request(1);
        cancelling.subscription.cancel();
        assertThat(closed).hasValue(2);
        cancelling.subscription.request(1);
        assertThat(cancelling.heard).containsExactly(0);
        Asking<Integer> failing = ask(Streams.from(() -> new Closing(closed, 1)));
        failing.subscription.request(9);
        assertThat(closed).hasValue(3);
        assertThat(failing.heard).hasSize(2).last().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void asksForAtLeastOne() {
        Asking<String> asking = ask(Streams.from(List.of("a")));
        asking.subscription.request(0);
        assertThat(asking.heard).hasSize(1).first().isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Streams.blocks(InputStream::nullInputStream, 0))
                .hasMessage("bytes: 0 (expected: at least 1)");
    }

    @Test
    void bytesGoInBlocksAndComeBackAsTheyWere() throws IOException {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        for (int block : new int[] {1_000, 4_096, 99_999, 100_000, 200_000}) {
            Flow.Publisher<byte[]> blocks = Streams.blocks(() -> new ByteArrayInputStream(bytes), block);
            try (InputStream in = Streams.inputStream(blocks)) {
                assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
                assertThat(in.available()).isPositive();
                byte[] rest = in.readAllBytes();
                assertThat(rest).hasSize(99_999).endsWith(bytes[99_999]);
                assertThat(in.read()).isEqualTo(-1);
            }
        }
        Asking<byte[]> refused = ask(Streams.blocks(
                () -> {
                    throw new IOException("no such file");
                },
                10));
        refused.subscription.request(1);
        assertThat(refused.heard).hasSize(1).first().isInstanceOf(IOException.class);
    }

    @Test
    void aThreadReadsByWaiting() {
        List<Integer> numbers = IntStream.range(0, 1_000).boxed().toList();
        try (StreamIterator<Integer> read = Streams.iterate(Streams.from(numbers))) {
            assertThat(read).toIterable().containsExactlyElementsOf(numbers);
        }
        try (var all = Streams.iterate(Streams.from(numbers)).stream()) {
            assertThat(all.mapToInt(Integer::intValue).sum()).isEqualTo(499_500);
        }
        try (var some = Streams.iterate(Streams.from(numbers)).stream()) {
            assertThat(some.limit(3)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void whoClosesBeforeTheEndCancels() {
        AtomicInteger closed = new AtomicInteger();
        StreamIterator<Integer> read = Streams.iterate(new Flow.Publisher<Integer>() {
            @Override
            public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
                subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        subscriber.onNext((int) n);
                    }

                    @Override
                    public void cancel() {
                        closed.incrementAndGet();
                    }
                });
            }
        });
        assertThat(read.next()).isEqualTo(64);
        read.close();
        read.close();
        assertThat(closed).hasValue(1);
        assertThat(read.hasNext()).isFalse();
    }

    @Test
    void aFailureIsThrownWhereItComes() {
        assertThatThrownBy(() -> failing(new IllegalStateException("as it is")).hasNext())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("as it is");
        assertThatThrownBy(() -> failing(new IOException("checked")).hasNext())
                .isInstanceOf(RpcException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> failing(new AssertionError("an error")).hasNext())
                .isInstanceOf(AssertionError.class);
        InputStream in = Streams.inputStream(Streams.from(() -> {
            throw new UncheckedIOException(new IOException("unreadable"));
        }));
        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("unreadable");
    }

    private static StreamIterator<String> failing(Throwable why) {
        SubmissionPublisher<String> publisher = new SubmissionPublisher<>(Runnable::run, 8);
        StreamIterator<String> read = Streams.iterate(publisher);
        publisher.closeExceptionally(why);
        return read;
    }

    @Test
    void anInterruptedReaderCancels() {
        SubmissionPublisher<String> silent = new SubmissionPublisher<>(Runnable::run, 8);
        StreamIterator<String> read = Streams.iterate(silent);
        Thread.currentThread().interrupt();
        assertThatThrownBy(read::hasNext)
                .isInstanceOfSatisfying(
                        RpcException.class, why -> assertThat(why.code()).isEqualTo(Code.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(silent.getNumberOfSubscribers()).isZero();
    }
}
