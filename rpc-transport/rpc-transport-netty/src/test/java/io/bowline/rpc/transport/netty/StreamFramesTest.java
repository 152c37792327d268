package io.bowline.rpc.transport.netty;

import static io.bowline.rpc.transport.netty.EmbeddedStream.HELLO;
import static io.bowline.rpc.transport.netty.EmbeddedStream.frames;
import static io.bowline.rpc.transport.netty.ProtocolPage.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.ByteSource;
import io.bowline.rpc.testkit.StreamProbe;
import io.bowline.rpc.testkit.TransportMessage;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.StreamFailure;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The frames of a streamed answer, as {@code docs/protocol.md} shows them, and what becomes of wrong ones. */
class StreamFramesTest {
    private static final NettyOptions SMALL_FRAMES = EmbeddedStream.options(1_024);

    private final EmbeddedStream stream = new EmbeddedStream();

    /** The page's request has 3,000 ms in two bytes; here it has no limit, a zero. */
    private static byte[] withoutLimit(byte[] request) {
        byte[] shorter = new byte[request.length - 1];
        System.arraycopy(request, 0, shorter, 0, 11);
        System.arraycopy(request, 13, shorter, 12, request.length - 13);
        shorter[2]--;
        return shorter;
    }

    /** Has the call answered, and elements asked for by the reader and given credit for. */
    private EmbeddedStream open(EmbeddedStream opened, long credit) {
        opened.send().carry();
        opened.answer().carry();
        opened.call.request(credit);
        return opened.carry();
    }

    private static Code code(StreamProbe call) {
        return ((RpcException) call.failure()).code();
    }

    @Test
    void bothSidesWriteWhatThePageShows() {
        stream.send();
        byte[] sent = stream.client.take();
        byte[] request = withoutLimit(frame("request-stream"));
        assertThat(Arrays.copyOfRange(sent, frame("bind").length, sent.length)).isEqualTo(request);
        stream.server.give(sent);
        stream.answer();
        assertThat(stream.server.take()).isEqualTo(frame("response-stream"));
        stream.client.give(frame("response-stream"));
        stream.call.request(32);
        assertThat(stream.client.take()).isEqualTo(frame("credit"));
        stream.server.give(frame("credit"));
        assertThat(stream.source.asked()).isPositive();
        stream.source.emit(HELLO);
        assertThat(stream.server.take()).isEqualTo(frame("item"));
        stream.client.give(frame("item"));
        assertThat(stream.call.elements()).containsExactly(HELLO);
        stream.source.complete();
        assertThat(stream.server.take()).isEqualTo(frame("end"));
        stream.client.give(frame("end"));
        assertThat(stream.call.ends()).containsExactly("complete");
        assertThat(stream.clientCalls()).isZero();
    }

    @Test
    void aFailureIsTheEnvelopeOfAnyFailure() {
        open(stream, 1);
        stream.source.fail(new StreamFailure(FailureMessage.of(RpcException.of(Code.OVERLOADED, "full"))));
        assertThat(stream.server.take()).isEqualTo(frame("end-failure"));
        stream.client.give(frame("end-failure"));
        assertThat(stream.call.ends()).containsExactly("failed");
        assertThat(stream.call.failure())
                .isInstanceOfSatisfying(
                        StreamFailure.class,
                        told -> assertThat(told.failure().toException()).hasMessage("RPC-OVERLOADED full"));
    }

    @Test
    void aReaderThatWantsNoMoreSendsEndAndGetsOne() {
        open(stream, 5);
        stream.source.emit(HELLO);
        stream.carry();
        stream.call.cancel();
        assertThat(stream.client.take()).isEqualTo(frame("end"));
        assertThat(stream.clientCalls())
                .as("the slot is taken until the server has answered")
                .isOne();
        stream.source.emit(HELLO);
        stream.server.give(frame("end"));
        assertThat(stream.source.cancelled()).isPositive();
        assertThat(stream.received.get(0).cancellation().isCancelled()).isTrue();
        List<byte[]> last = frames(stream.server.take());
        assertThat(last.get(last.size() - 1)).isEqualTo(frame("end"));
        last.forEach(stream.client::give);
        assertThat(stream.clientCalls()).isZero();
        assertThat(stream.call.elements()).hasSize(1);
        assertThat(stream.call.ends()).isEmpty();
    }

    @Test
    void aCancelThatCrossesTheAnswerEndsTheStream() {
        stream.send().carry();
        stream.answer();
        byte[] answer = stream.server.take();
        stream.call.head().cancellation().cancel();
        assertThat(stream.client.take()).isEqualTo(frame("cancel"));
        assertThat(stream.call.ends()).containsExactly("failed");
        assertThat(code(stream.call)).isEqualTo(Code.CANCELLED);
        stream.client.give(answer);
        stream.server.give(frame("cancel"));
        assertThat(stream.source.cancelled()).isPositive();
        byte[] end = stream.server.take();
        assertThat(end).isEqualTo(frame("end"));
        stream.client.give(end);
        assertThat(stream.clientCalls()).isZero();
    }

    @Test
    void aCancelBeforeTheAnswerHasTheStreamCancelledWhenItComes() {
        stream.send().carry();
        stream.call.cancel();
        stream.carry();
        assertThat(stream.clientCalls()).isZero();
        stream.answer().carry();
        assertThat(stream.source.subscribed()).isTrue();
        assertThat(stream.source.cancelled()).isPositive();
    }

    @Test
    void thePublisherIsAskedInPortionsWhateverTheCredit() {
        open(stream, Long.MAX_VALUE);
        long first = stream.source.asked();
        assertThat(first).isBetween(1L, 1_024L);
        for (int i = 0; i < first; i++) {
            stream.source.emit(HELLO);
        }
        stream.carry();
        assertThat(stream.source.asked()).isGreaterThan(first);
        assertThat(stream.call.elements()).hasSize((int) first);
    }

    @Test
    void aStreamThatIsSentBeforeItsNewsAreHeardLosesNobodysNews() {
        StreamProbe other = new StreamProbe(stream.call.head(), HELLO);
        List<ByteSource> sources = List.of(new ByteSource(), new ByteSource());
        AtomicReference<ByteSource> next = new AtomicReference<>(sources.get(0));
        stream.answer.complete(TransportMessage.streaming(
                reader -> next.getAndSet(sources.get(1)).subscribe(reader)));
        stream.send().carry();
        stream.client.connection().send(other);
        stream.carry();
        stream.call.request(1);
        other.request(1);
        stream.carry();
        sources.get(1).emit(HELLO); // The I/O thread is told of it,
        sources.get(0).emit(HELLO); // and of this, but reads first,
        sources.get(0).onRequest(() -> sources.get(0).emit(HELLO)); // sends, and asks for more.
        stream.call.request(1);
        stream.carry();
        assertThat(stream.call.elements()).hasSize(2);
        assertThat(other.elements()).hasSize(1);
    }

    @Test
    void elementsAndFailuresAreCutLikeMessages() {
        EmbeddedStream small = open(new EmbeddedStream(SMALL_FRAMES), 3);
        for (int length : new int[] {900, 5_000, 100_000}) {
            byte[] element = new byte[length];
            Arrays.fill(element, (byte) length);
            small.source.emit(element);
            small.carry();
            assertThat(small.call.elements().get(small.call.elements().size() - 1))
                    .isEqualTo(element);
        }
        String text = "x".repeat(4_000);
        small.source.fail(new StreamFailure(FailureMessage.of(RpcException.of(Code.INTERNAL, text))));
        small.carry();
        assertThat(small.call.failure()).hasMessageContaining(text);
        assertThat(small.clientCalls()).isZero();
    }

    @Test
    void anElementThatCannotBeWrittenFailsTheStream() {
        open(stream, 3);
        stream.source.emit(HELLO);
        stream.source.emitUnwritable(RpcException.of(Code.NOT_SERIALIZABLE, "a thread"));
        stream.carry();
        assertThat(stream.call.elements()).hasSize(1);
        assertThat(stream.call.failure()).hasMessageContaining("a thread");
        assertThat(stream.source.cancelled()).isPositive();
        EmbeddedStream small = open(new EmbeddedStream(SMALL_FRAMES), 3);
        small.source.emit(new byte[2 << 20]);
        small.carry();
        assertThat(small.call.failure()).hasMessageContaining("RPC-PAYLOAD-TOO-LARGE");
    }

    @Test
    void anElementWithoutCreditFailsTheStreamAndKeepsTheConnection() {
        open(stream, 1);
        stream.client.give(frame("item"));
        stream.client.give(frame("item"));
        assertThat(stream.call.elements()).hasSize(1);
        assertThat(code(stream.call)).isEqualTo(Code.PROTOCOL_ERROR);
        assertThat(stream.client.take()).isEqualTo(frame("end"));
        assertThat(stream.client.isOpen()).isTrue();
    }

    @Test
    void aFrameAboutAStreamThatTheCallDoesNotHaveFailsTheCall() {
        for (String kind : List.of("item", "credit", "end")) {
            EmbeddedStream plain = new EmbeddedStream().send();
            plain.client.take();
            plain.client.give(frame(kind));
            assertThat(code(plain.call)).isEqualTo(Code.PROTOCOL_ERROR);
            assertThat(plain.client.isOpen()).isTrue();
            EmbeddedStream served = new EmbeddedStream().send();
            served.server.give(served.client.take());
            served.server.give(frame(kind));
            assertThat(Arrays.copyOfRange(served.server.take(), 3, 10)).isEqualTo(new byte[] {4, 4, 0, 1, 0, 0, 14});
            assertThat(served.server.isOpen()).isTrue();
        }
    }

    @Test
    void framesAboutACallThatIsOverAreIgnored() {
        for (String kind : List.of("item", "end")) {
            stream.client.give(frame(kind));
            assertThat(stream.client.isOpen()).isTrue();
        }
        for (String kind : List.of("credit", "end")) {
            stream.server.give(frame(kind));
            assertThat(stream.server.isOpen()).isTrue();
        }
        assertThat(stream.server.take()).isEmpty();
    }

    @Test
    void creditIsAtLeastOne() {
        open(stream, 1);
        byte[] none = frame("credit");
        none[10] = 0;
        stream.server.give(none);
        assertThat(stream.server.isOpen()).isTrue(); // It lingers until the reason is read.
        assertThat(stream.server.take()[3]).isEqualTo((byte) Frames.ERROR);
    }

    @Test
    void aPeerOfVersionOneZeroHasNoStreams() {
        EmbeddedPeer client = EmbeddedPeer.client();
        byte[] hello = frame("hello-server");
        hello[9] = 0;
        client.give(frame("preface"));
        client.give(hello);
        assertThat(client.connection().streams()).isFalse();
        assertThat(stream.client.connection().streams()).isTrue();
        EmbeddedPeer server = EmbeddedPeer.server(new EmbeddedStream.Unasked());
        hello = frame("hello-client");
        hello[9] = 0;
        server.give(frame("preface"));
        server.give(hello);
        server.take();
        server.give(frame("bind"));
        server.give(frame("request-stream"));
        assertThat(Arrays.copyOfRange(server.take(), 3, 10)).isEqualTo(new byte[] {4, 0x0c, 0, 1, 0, 0, 14});
    }

    @Test
    void anAnswerWithAStreamThatNobodyTakesIsABreachOfTheCall() {
        var call = stream.client.connection().call(TransportMessage.of(stream.call.head(), HELLO));
        stream.client.take();
        stream.client.give(frame("response-stream"));
        assertThat(call.toCompletableFuture()).isCompletedExceptionally();
    }

    // ---- Streams of requests ---------------------------------------------------------------------------------------

    @Test
    void theStreamOfARequestIsAskedForByTheServerAndEndsWithTheAnswer() {
        stream.send().carry();
        assertThat(stream.upload.subscribed()).isFalse();
        stream.uploaded.request(32);
        byte[] credit = stream.server.take();
        assertThat(credit).isEqualTo(frame("credit-upload"));
        stream.client.give(credit);
        stream.upload.emit(HELLO);
        byte[] element = stream.client.take();
        assertThat(element).isEqualTo(frame("item-upload"));
        stream.server.give(element);
        assertThat(stream.uploaded.elements()).containsExactly(HELLO);
        stream.answer.complete(TransportMessage.ok(HELLO));
        stream.carry();
        assertThat(stream.upload.cancelled()).isPositive();
        assertThat(stream.uploaded.ends()).containsExactly("failed");
        assertThat(stream.clientCalls()).isZero();
    }

    @Test
    void theStreamOfARequestCompletes() {
        stream.send().carry();
        stream.uploaded.request(32);
        stream.carry();
        stream.upload.complete();
        stream.carry();
        assertThat(stream.uploaded.ends()).containsExactly("complete");
        stream.answer.complete(TransportMessage.ok(HELLO));
        stream.carry();
        assertThat(stream.call.ends()).containsExactly("answered");
        assertThat(stream.upload.cancelled()).isZero();
    }

    @Test
    void aServerThatWantsNoMoreOfARequestsStreamSaysSo() {
        stream.send().carry();
        stream.uploaded.request(1);
        stream.carry();
        stream.uploaded.cancel();
        assertThat(stream.upload.cancelled()).isZero();
        stream.carry();
        assertThat(stream.upload.cancelled()).isPositive();
        assertThat(stream.call.ends()).isEmpty();
        stream.answer.complete(TransportMessage.ok(HELLO));
        stream.carry();
        assertThat(stream.call.ends()).containsExactly("answered");
    }

    @Test
    void anElementOfARequestWithoutCreditEndsItsStreamAndNotTheCall() {
        stream.send().carry();
        stream.server.give(frame("item-upload"));
        assertThat(stream.uploaded.elements()).isEmpty();
        assertThat(stream.uploaded.failure())
                .isInstanceOfSatisfying(
                        RpcException.class, why -> assertThat(why.code()).isEqualTo(Code.PROTOCOL_ERROR));
        assertThat(stream.server.take()[3]).isEqualTo((byte) Frames.END);
        stream.answer.complete(TransportMessage.ok(HELLO));
        stream.carry();
        assertThat(stream.call.ends()).containsExactly("answered");
    }

    @Test
    void elementsOfRequestsAreCutLikeMessages() {
        EmbeddedStream small = new EmbeddedStream(SMALL_FRAMES).send().carry();
        small.uploaded.request(3);
        small.carry();
        byte[] element = new byte[100_000];
        Arrays.fill(element, (byte) 7);
        small.upload.emit(element);
        small.carry();
        assertThat(small.uploaded.elements()).containsExactly(element);
        small.upload.fail(RpcException.of(Code.INTERNAL, "y".repeat(3_000)));
        small.carry();
        assertThat(small.uploaded.failure()).hasMessageContaining("yyy");
    }
}
