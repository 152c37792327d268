package io.bowline.rpc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.OneWay;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.stream.Streams;
import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listeners as arguments: what a service tells its caller while it likes. */
abstract class ListenerContract implements OverTransport {
    /** The contract. */
    public interface Board {
        void follow(String topic, Flow.Subscriber<? super String> listener);

        void shout(Flow.Subscriber<String> listener, Flow.Publisher<String> words);
    }

    /** As no contract may be. */
    public interface Two {
        void both(Flow.Subscriber<String> one, Flow.Subscriber<String> other);
    }

    /** As no contract may be. */
    public interface Returning {
        String both(Flow.Subscriber<String> listener);
    }

    /** As no contract may be. */
    public interface Unheard {
        @OneWay
        void gone(Flow.Subscriber<String> listener);
    }

    /** As no contract may be. */
    public interface Twins {
        void follow(String topic, Flow.Subscriber<String> listener);

        Flow.Publisher<String> follow(String topic);
    }

    private final class Service implements Board {
        @Override
        public void follow(String topic, Flow.Subscriber<? super String> listener) {
            switch (topic) {
                case "known" -> Streams.from(List.of("a", "b", "c")).subscribe(listener);
                case "live" -> live.subscribe(listener);
                case "later" -> gate.thenRun(() -> live.subscribe(listener));
                case "nothing" -> listener.onComplete();
                case "unasked" -> listener.onNext("unasked");
                case "broken" -> {
                    live.subscribe(listener);
                    throw new IllegalStateException("no board");
                }
                default -> throw new IllegalArgumentException(topic);
            }
        }

        @Override
        public void shout(Flow.Subscriber<String> listener, Flow.Publisher<String> words) {
            var each = Streams.iterate(words);
            Streams.from(() -> each.stream().map(word -> word + "!").iterator()).subscribe(listener);
        }
    }

    private final SubmissionPublisher<String> live = new SubmissionPublisher<>();
    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private Transport transport;
    private RpcServer server;
    private RpcClient client;
    private Board board;

    @BeforeEach
    void open() {
        transport = transport();
        server = RpcServer.builder()
                .transport(transport)
                .serializer(ProtostuffSerializer.create())
                .listen(free())
                .drainGrace(Duration.ofMillis(200))
                .service(Board.class, new Service())
                .start();
        client = RpcClient.builder()
                .transport(transport)
                .serializer(ProtostuffSerializer.create())
                .timeout(Duration.ofSeconds(30))
                .addresses(server.address())
                .build();
        board = client.proxy(Board.class);
    }

    @AfterEach
    void close() {
        live.close();
        client.close();
        server.close();
        transport.close();
    }

    private Tape<String> follow(String topic) {
        Tape<String> tape = new Tape<>();
        board.follow(topic, tape);
        return tape;
    }

    @Test
    void aListenerHearsWhatItAsksFor() {
        Tape<String> tape = follow("known").request(2);
        assertThat(tape.heard(2)).containsExactly("a", "b");
        assertThat(tape.request(5).end()).isNull();
        assertThat(tape.heard()).containsExactly("a", "b", "c");
    }

    @Test
    void theCallerGoesOnAtOnceAndTheServiceWhenItLikes() {
        Tape<String> tape = follow("later").request(9);
        await().until(() -> server.running() == 1);
        gate.complete(null);
        await().until(() -> live.getNumberOfSubscribers() == 1);
        live.submit("news");
        assertThat(tape.heard(1)).containsExactly("news");
        live.close();
        assertThat(tape.end()).isNull();
        assertThat(follow("nothing").request(1).end()).isNull();
    }

    @Test
    void aListenerThatWantsNoMoreEndsIt() {
        Tape<String> tape = follow("live").request(9);
        await().until(() -> live.getNumberOfSubscribers() == 1);
        live.submit("one");
        tape.heard(1);
        tape.cancel();
        await().until(() -> live.getNumberOfSubscribers() == 0);
        assertThat(tape.ended()).isFalse();
    }

    @Test
    void failuresAreHeard() {
        assertThat(follow("unknown").request(1).end()).isInstanceOf(IllegalArgumentException.class);
        assertThat(follow("broken").request(1).end()).isInstanceOf(IllegalStateException.class);
        await().until(() -> live.getNumberOfSubscribers() == 0);
        assertThat(follow("unasked").request(1).end()).hasMessageContaining("not asked for");
        assertThatThrownBy(() -> board.follow("known", null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void theEndOfTheServerIsHeard() {
        Tape<String> tape = follow("live").request(9);
        await().until(() -> live.getNumberOfSubscribers() == 1);
        server.close();
        assertThat(tape.end()).isInstanceOf(RpcException.class);
        await().until(() -> live.getNumberOfSubscribers() == 0);
    }

    @Test
    void aListenerHearsOfWhatTheCallerStreams() {
        Tape<String> tape = new Tape<>();
        board.shout(tape, Streams.from(List.of("hey", "you")));
        assertThat(tape.request(9).end()).isNull();
        assertThat(tape.heard()).containsExactly("hey!", "you!");
    }

    @Test
    void aFallbackSpeaksToTheListener() {
        Board covered = client.proxy(Board.class, o -> o.fallback(new Service()));
        server.close();
        Tape<String> tape = new Tape<>();
        covered.follow("known", tape);
        assertThat(tape.request(9).end()).isNull();
        assertThat(tape.heard()).containsExactly("a", "b", "c");
    }

    @Test
    void whatCannotBeIsRefusedWhenTheProxyIsMade() {
        assertThatThrownBy(() -> client.proxy(Two.class)).hasMessageContaining("one Flow.Subscriber at most");
        assertThatThrownBy(() -> client.proxy(Returning.class)).hasMessageContaining("expected: a void method");
        assertThatThrownBy(() -> client.proxy(Unheard.class)).hasMessageContaining("without a listener");
        assertThatThrownBy(() -> client.proxy(Twins.class)).hasMessageContaining("both travel as follow(");
    }
}
