package io.bowline.rpc.transport.netty;

import static io.bowline.rpc.transport.netty.ProtocolPage.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.testkit.TransportMessage;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.MethodId;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Both sides write and read exactly the bytes that {@code docs/protocol.md} shows. */
class GoldenBytesTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final MethodId METHOD =
            new MethodId(ServiceName.of("demo.Greeter").withVersion("1"), "hello(java.lang.String)");

    private final List<Inbound<RequestHead>> received = new ArrayList<>();
    private final CompletableFuture<Outbound<ResponseHead>> answer = new CompletableFuture<>();
    private final Receiver receiver = new Receiver() {
        @Override
        public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
            received.add(request);
            return answer;
        }

        @Override
        public Set<String> serializers() {
            return Set.of("protostuff", "json");
        }
    };

    @Test
    void thePageShowsEveryFrameType() {
        byte[] types = new byte[Frames.ERROR];
        ProtocolPage.frames().forEach((name, bytes) -> {
            if (!name.equals("preface")) {
                types[bytes[3] - 1] = 1;
            }
        });
        // CONTINUE stands in "request-fragments", behind its REQUEST.
        types[Frames.CONTINUE - 1] = 1;
        assertThat(types).containsOnly(1);
    }

    @Test
    void aClientOpensWithPrefaceAndHello() {
        assertThat(EmbeddedPeer.client().take()).isEqualTo(concat("preface", "hello-client"));
    }

    @Test
    void aServerAnswersWithPrefaceAndHello() {
        EmbeddedPeer server = EmbeddedPeer.server(receiver);
        assertThat(server.take()).isEmpty();

        server.give(concat("preface", "hello-client"));

        assertThat(server.take()).isEqualTo(concat("preface", "hello-server"));
    }

    @Test
    void aClientReadsWhatTheServerAccepts() {
        assertThat(EmbeddedPeer.agreedClient().connection().peer().serializers())
                .containsExactlyInAnyOrder("json", "protostuff");
    }

    @Test
    void aFirstRequestIsABindAndARequest() {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();

        client.connection().call(TransportMessage.of(request(Metadata.EMPTY, FOREVER), HELLO));

        byte[] sent = client.take();
        byte[] bind = frame("bind");
        assertThat(sent).startsWith(bind);
        assertThat(Arrays.copyOfRange(sent, bind.length, sent.length)).isEqualTo(withoutLimit(frame("request")));
        client.connection().call(TransportMessage.of(request(Metadata.of("tenant", "blue"), FOREVER), HELLO));
        byte[] second = client.take();
        assertThat(second[8]).as("the slot of a second call").isEqualTo((byte) 1);
        second[8] = 0;
        assertThat(second).isEqualTo(withoutLimit(frame("request-metadata")));
    }

    @Test
    void theLimitTravelsInMillisecondsRoundedUp() {
        assertThat(Heads.millis(deadline(Duration.ofMillis(3000)), 0)).isEqualTo(3000);
        assertThat(Heads.millis(deadline(Duration.ofNanos(2_999_000_001L)), 0)).isEqualTo(3000);
        assertThat(Heads.millis(deadline(Duration.ZERO), 0)).isEqualTo(1);
        assertThat(Heads.millis(deadline(FOREVER), 0)).isZero();
        WireOutput out = new WireOutput();
        out.writeVarLong(3000);
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(frame("request"), 11, 13));
    }

    @Test
    void aServerReadsACompressedRequest() {
        EmbeddedPeer.agreedServer(receiver).give(concat("bind", "request-compressed"));
        WireInput body = received.get(0).body();
        assertThat(new String(body.readBytes(body.remaining()), StandardCharsets.US_ASCII))
                .isEqualTo("hello".repeat(20));
    }

    @Test
    void aServerReadsARequest() {
        EmbeddedPeer server = EmbeddedPeer.agreedServer(receiver);

        server.give(concat("bind", "request"));

        RequestHead head = received.get(0).head();
        assertThat(head.method()).isEqualTo(METHOD);
        assertThat(head.serializer()).isEqualTo("json");
        assertThat(head.deadline().limit()).isEqualTo(Duration.ofMillis(3000));
        assertThat(head.oneWay()).isFalse();
        assertThat(head.metadata()).isEqualTo(Metadata.EMPTY);
        assertThat(received.get(0).body().readBytes(5)).isEqualTo(HELLO);
    }

    @Test
    void aServerReadsLabelsAndFragmentsAndRequestsBytewise() {
        EmbeddedPeer server = EmbeddedPeer.agreedServer(receiver);
        server.give(frame("bind"));

        for (byte single : concat("request-metadata", "request-fragments")) {
            server.give(new byte[] {single});
        }

        assertThat(received).hasSize(2);
        assertThat(received.get(0).head().metadata()).isEqualTo(Metadata.of("tenant", "blue"));
        for (Inbound<RequestHead> request : received) {
            assertThat(request.body().remaining()).isEqualTo(5);
            assertThat(request.body().readBytes(5)).isEqualTo(HELLO);
        }
    }

    @Test
    void aServerWritesResponses() {
        EmbeddedPeer server = EmbeddedPeer.agreedServer(receiver);
        server.give(concat("bind", "request"));
        answer.complete(TransportMessage.ok(HELLO));
        assertThat(server.take()).isEqualTo(frame("response"));
    }

    @Test
    void aServerWritesFailures() {
        EmbeddedPeer server = EmbeddedPeer.agreedServer(receiver);
        server.give(concat("bind", "request"));
        answer.complete(FailureMessage.of(RpcException.unprocessed(Code.OVERLOADED, "full")));
        assertThat(server.take()).isEqualTo(frame("response-failure"));
    }

    @Test
    void aClientReadsResponses() {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();
        var call = client.connection().call(TransportMessage.of(request(Metadata.EMPTY, FOREVER), HELLO));
        client.take();

        client.give(frame("response"));

        Inbound<ResponseHead> result = call.toCompletableFuture().join();
        assertThat(result.head().ok()).isTrue();
        assertThat(result.body().readBytes(5)).isEqualTo(HELLO);
    }

    @Test
    void aClientReadsFailures() {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();
        var call = client.connection().call(TransportMessage.of(request(Metadata.EMPTY, FOREVER), HELLO));
        client.take();

        client.give(frame("response-failure"));

        Inbound<ResponseHead> result = call.toCompletableFuture().join();
        RpcException failure = FailureMessage.read(result.head(), result.body()).toException();
        assertThat(failure.code()).isEqualTo(Code.OVERLOADED);
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure).hasMessage("RPC-OVERLOADED full");
    }

    @Test
    void cancelIsSentAndAnsweredAtOnce() {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();
        var call = client.connection().call(TransportMessage.of(request(Metadata.EMPTY, FOREVER), HELLO));
        client.take();
        call.toCompletableFuture().cancel(true);
        assertThat(client.take()).isEqualTo(frame("cancel"));

        EmbeddedPeer server = EmbeddedPeer.agreedServer(receiver);
        server.give(concat("bind", "request", "cancel"));
        assertThat(received.get(0).head().cancellation().isCancelled()).isTrue();
        byte[] sent = server.take();
        assertThat(Arrays.copyOfRange(sent, 3, 10)).isEqualTo(new byte[] {4, 4, 0, 1, 0, 0, 7});
        answer.complete(TransportMessage.ok(HELLO));
        assertThat(server.take()).isEmpty();
    }

    @Test
    void drainIsAcknowledgedAndThenTheClientCloses() {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();
        var call = client.connection().call(TransportMessage.of(request(Metadata.EMPTY, FOREVER), HELLO));
        client.take();

        client.give(frame("drain"));

        assertThat(client.take()).isEqualTo(frame("drain-ack"));
        assertThat(client.isOpen()).isTrue();
        client.give(frame("response"));
        assertThat(call.toCompletableFuture()).isCompleted();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aServerServesBeforeDrainAckAndRefusesAfterIt() {
        EmbeddedPeer server = EmbeddedPeer.agreedServer(receiver);
        server.give(concat("bind", "request", "drain-ack"));
        assertThat(received).hasSize(1);
        assertThat(server.take()).isEmpty();

        server.give(frame("request-fragments"));

        byte[] refusal = server.take();
        assertThat(Arrays.copyOfRange(refusal, 3, 10)).isEqualTo(new byte[] {4, 0x0c, 0, 1, 0, 1, 16});
        assertThat(received).hasSize(1);
    }

    @Test
    void pingIsAnsweredByPong() {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();
        client.give(frame("ping"));
        assertThat(client.take()).isEqualTo(frame("pong"));

        EmbeddedPeer server = EmbeddedPeer.agreedServer(receiver);
        server.give(concat("ping", "pong"));
        assertThat(server.take()).isEqualTo(frame("pong"));
    }

    @Test
    void anErrorEndsTheConnectionWithItsReason() {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();
        var call = client.connection().call(TransportMessage.of(request(Metadata.EMPTY, FOREVER), HELLO));
        client.take();

        client.give(frame("error"));

        assertThat(failure(call)).hasMessageContaining("no such way");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aBreachIsToldInAnError() {
        EmbeddedPeer server = EmbeddedPeer.server(receiver);

        server.give(new byte[] {'G', 'E', 'T', ' ', '/', ' ', 'H', 'T'});

        byte[] sent = server.take();
        assertThat(sent).startsWith(frame("preface"));
        assertThat(Arrays.copyOfRange(sent, 11, 18)).isEqualTo(Arrays.copyOfRange(frame("error"), 3, 10));
        assertThat(new String(sent, StandardCharsets.UTF_8)).contains("HTTP/1");
    }

    private static final Duration FOREVER = Duration.ofDays(90_000);

    private static RequestHead request(Metadata labels, Duration limit) {
        return new RequestHead(
                METHOD,
                "json",
                Deadline.after(limit, System.nanoTime(), "test"),
                new Cancellation(),
                labels,
                false,
                "");
    }

    private static Deadline deadline(Duration limit) {
        return Deadline.after(limit, 0, "test");
    }

    private static RpcException failure(CompletionStage<?> stage) {
        return (RpcException) catchThrowableOfType(
                        CompletionException.class,
                        () -> stage.toCompletableFuture().join())
                .getCause();
    }

    /** The page's request has 3,000 ms in two bytes; here it has no limit, a zero. */
    private static byte[] withoutLimit(byte[] frame) {
        byte[] shorter = new byte[frame.length - 1];
        System.arraycopy(frame, 0, shorter, 0, 11);
        System.arraycopy(frame, 13, shorter, 12, frame.length - 13);
        shorter[2]--;
        return shorter;
    }

    private static byte[] concat(String... names) {
        WireOutput out = new WireOutput();
        for (String name : names) {
            out.write(frame(name));
        }
        return out.toByteArray();
    }
}
