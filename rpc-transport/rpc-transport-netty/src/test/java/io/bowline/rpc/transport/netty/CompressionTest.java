package io.bowline.rpc.transport.netty;

import static io.bowline.rpc.transport.netty.RawPeer.bytes;
import static io.bowline.rpc.transport.netty.RawPeer.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.TransportMessage;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.Compression;
import io.bowline.rpc.wire.GzipCompression;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What is sent compressed, what is not, and what is refused. Bytes go to and fro by hand. */
class CompressionTest {
    private static final int ABOVE = 1_000;
    private static final int ID = 0x0001_0000;

    private final List<Inbound<RequestHead>> received = new ArrayList<>();
    private Outbound<ResponseHead> answer = TransportMessage.ok(new byte[0]);
    private final Receiver receiver = new Receiver() {
        @Override
        public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
            received.add(request);
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public Set<String> serializers() {
            return Set.of("json");
        }
    };

    private static NettyOptions options(int above, Compression... algorithms) {
        return NettyTransport.builder()
                .compressions(algorithms)
                .compressAbove(above)
                .build()
                .options();
    }

    /** Zeros and a few others: with many of them a run becomes short, and is still credible. */
    private static byte[] text(int length) {
        byte[] text = new byte[length];
        Random random = new Random(3);
        for (int i = 0; i < length; i += 10) {
            text[i] = (byte) random.nextInt();
        }
        return text;
    }

    /** Runs of zeros become a byte each: short, in pure Java, and with bytes that a test can foresee. */
    private static final class Runs implements Compression {
        private final List<Thread> readers = new ArrayList<>();

        @Override
        public String name() {
            return "runs";
        }

        @Override
        public void compress(byte[] source, int length, WireOutput target) {
            for (int i = 0; i < length; ) {
                int run = i;
                while (run < length && run - i < 100 && source[run] == 0) {
                    run++;
                }
                target.writeByte(run - i);
                if (run < length) {
                    target.writeByte(source[run]);
                }
                i = run + 1;
            }
        }

        @Override
        public int decompress(byte[] source, int offset, int length, byte[] target) {
            readers.add(Thread.currentThread());
            int at = 0;
            for (int i = offset; i < offset + length; i += 2) {
                at += source[i];
                if (i + 1 < offset + length) {
                    target[at++] = source[i + 1];
                }
            }
            return at;
        }
    }

    /** Makes one byte of anything. */
    private static final class Tiny implements Compression {
        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public void compress(byte[] source, int length, WireOutput target) {
            target.writeByte(1);
        }

        @Override
        public int decompress(byte[] source, int offset, int length, byte[] target) {
            throw new AssertionError("a bomb was taken");
        }
    }

    /** Two that have said HELLO, and what each has sent since. */
    private final class Pair {
        final EmbeddedPeer client;
        final EmbeddedPeer server;
        final List<byte[]> sent = new ArrayList<>();

        Pair(NettyOptions ofClient, NettyOptions ofServer) {
            client = EmbeddedPeer.client(ofClient);
            server = EmbeddedPeer.server(receiver, ofServer);
            server.give(client.take());
            client.give(server.take());
        }

        byte[] call(byte[] body) {
            CompletableFuture<Inbound<ResponseHead>> call = client.connection()
                    .call(TransportMessage.of(EmbeddedStream.head(), body))
                    .toCompletableFuture();
            carry();
            assertThat(call).isDone();
            WireInput answered = call.join().body();
            return answered.readBytes(answered.remaining());
        }

        void carry() {
            byte[] there;
            byte[] back;
            do {
                there = client.take();
                sent.addAll(EmbeddedStream.frames(there));
                server.give(there);
                back = server.take();
                sent.addAll(EmbeddedStream.frames(back));
                client.give(back);
            } while (there.length + back.length > 0);
        }

        byte[] sent(int type) {
            return sent.stream().filter(each -> each[3] == type).findFirst().orElseThrow();
        }
    }

    private byte[] arrived() {
        WireInput body = received.get(0).body();
        return body.readBytes(body.remaining());
    }

    private static boolean isCompressed(byte[] sent) {
        return (sent[4] & Frames.COMPRESSED) != 0;
    }

    @Test
    void longBodiesAreCompressedBothWays() {
        Pair pair = new Pair(options(ABOVE, new GzipCompression()), options(ABOVE, new GzipCompression()));
        byte[] question = text(20_000);
        byte[] told = text(30_000);
        answer = TransportMessage.ok(told);

        assertThat(pair.call(question)).isEqualTo(told);

        assertThat(arrived()).isEqualTo(question);
        assertThat(pair.sent(Frames.REQUEST))
                .matches(CompressionTest::isCompressed)
                .hasSizeLessThan(10_000);
        assertThat(pair.sent(Frames.RESPONSE))
                .matches(CompressionTest::isCompressed)
                .hasSizeLessThan(15_000);
    }

    @Test
    void compressedBodiesAreCutIntoFramesLikeOthers() {
        NettyOptions options = options(ABOVE, new GzipCompression());
        Pair pair = new Pair(options, options);
        byte[] body = text(4 << 20);
        answer = TransportMessage.ok(body);

        assertThat(pair.call(body)).isEqualTo(body);

        assertThat(arrived()).isEqualTo(body);
        assertThat(pair.sent(Frames.REQUEST)[4]).isEqualTo((byte) (Frames.COMPRESSED | Frames.MORE));
        assertThat(pair.sent(Frames.RESPONSE)[4]).isEqualTo((byte) (Frames.COMPRESSED | Frames.MORE));
        assertThat(pair.sent.stream().mapToInt(each -> each.length).sum()).isLessThan(4 << 20);
    }

    @Test
    void whatIsNotLongerThanSaidIsSentAsItIs() {
        Pair pair = new Pair(options(ABOVE, new GzipCompression()), options(ABOVE, new GzipCompression()));
        pair.call(text(ABOVE));
        assertThat(isCompressed(pair.sent(Frames.REQUEST))).isFalse();
    }

    @Test
    void eachSideDecidesWhatItSends() {
        Pair pair = new Pair(options(ABOVE, new GzipCompression()), NettyOptions.DEFAULT);
        answer = TransportMessage.ok(text(20_000));
        pair.call(text(20_000));
        assertThat(isCompressed(pair.sent(Frames.REQUEST))).isTrue();
        assertThat(isCompressed(pair.sent(Frames.RESPONSE))).isFalse();
    }

    @Test
    void theFirstAlgorithmThatThePeerReadsIsTaken() {
        Pair pair = new Pair(options(ABOVE, new Runs(), new GzipCompression()), NettyOptions.DEFAULT);
        byte[] body = text(20_000);
        pair.call(body);
        assertThat(isCompressed(pair.sent(Frames.REQUEST))).isTrue();
        assertThat(arrived()).isEqualTo(body);
    }

    @Test
    void aPeerThatReadsNoneGetsBodiesAsTheyAre() {
        Pair pair = new Pair(options(ABOVE, new GzipCompression()), options(ABOVE));
        pair.call(text(20_000));
        assertThat(isCompressed(pair.sent(Frames.REQUEST))).isFalse();
    }

    @Test
    void whatDoesNotBecomeSmallerIsSentAsItIs() {
        Pair pair = new Pair(options(ABOVE, new GzipCompression()), NettyOptions.DEFAULT);
        byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        pair.call(noise);
        assertThat(isCompressed(pair.sent(Frames.REQUEST))).isFalse();
        assertThat(arrived()).isEqualTo(noise);
    }

    @Test
    void whatBecomesSoSmallThatItLooksLikeABombIsSentAsItIs() {
        Pair pair = new Pair(options(0, new Tiny()), options(0, new Tiny()));
        pair.call(new byte[Packing.MOST_TIMES + 1]);
        assertThat(isCompressed(pair.sent(Frames.REQUEST))).isFalse();
        pair.sent.clear();
        pair.call(new byte[Packing.MOST_TIMES]);
        assertThat(isCompressed(pair.sent(Frames.REQUEST))).isTrue();
    }

    @Test
    void failuresAreNotCompressed() {
        Pair pair = new Pair(NettyOptions.DEFAULT, options(0, new GzipCompression()));
        answer = FailureMessage.of(RpcException.of(Code.INTERNAL, "no ".repeat(1_000)));
        pair.call(new byte[1]);
        assertThat(isCompressed(pair.sent(Frames.RESPONSE))).isFalse();
    }

    @Test
    void theBodyOfARequestIsDecompressedByWhoReadsIt() throws InterruptedException {
        Runs runs = new Runs();
        Pair pair = new Pair(options(ABOVE, runs), options(ABOVE, runs));
        byte[] body = text(2_000);
        pair.call(body);
        assertThat(runs.readers).isEmpty();
        Thread handler = new Thread(() -> assertThat(arrived()).isEqualTo(body));
        handler.start();
        handler.join();
        assertThat(runs.readers).containsExactly(handler);
    }

    // ---- What a peer may send instead
    // --------------------------------------------------------------------------------

    /** A server with the defaults that has been greeted and knows method 0. */
    private EmbeddedPeer server() {
        EmbeddedPeer server = EmbeddedPeer.agreedServer(receiver);
        server.give(ProtocolPage.frame("bind"));
        return server;
    }

    private static byte[] request(int algorithm, int size, byte[] body) {
        return frame(Frames.REQUEST, Frames.COMPRESSED, ID, bytes(out -> {
            out.write(new byte[] {0, 0, 0});
            out.writeVarInt(algorithm);
            out.writeVarInt(size);
            out.write(body);
        }));
    }

    private static byte[] gzip(byte[] body) {
        return bytes(out -> new GzipCompression().compress(body, body.length, out));
    }

    /** A mebibyte of zeros, as small as gzip can make them. */
    private static byte[] bomb() {
        return bytes(out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(new byte[1 << 20]);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
    }

    private void refused(byte[] request, Code code, String text) {
        EmbeddedPeer server = server();
        server.give(request);
        byte[] told = server.take();
        assertThat(told[3]).isEqualTo((byte) Frames.RESPONSE);
        assertThat(told[4]).isEqualTo((byte) (Frames.FAILURE | Frames.UNPROCESSED));
        assertThat(told[Frames.HEADER]).isEqualTo((byte) code.number());
        assertThat(new String(told, StandardCharsets.UTF_8)).contains(text);
        assertThat(received).isEmpty();
        assertThat(server.isOpen()).isTrue();
    }

    @Test
    void anAlgorithmThatWasNotOfferedIsRefused() {
        refused(request(1, 10, gzip(new byte[10])), Code.PROTOCOL_ERROR, "less than 1, the place in [gzip]");
    }

    @Test
    void aBodyOverTheLimitIsRefusedBeforeItIsDecompressed() {
        refused(request(0, (16 << 20) + 1, new byte[65_000]), Code.PAYLOAD_TOO_LARGE, "at most 16777216");
        refused(request(0, -1, new byte[65_000]), Code.PAYLOAD_TOO_LARGE, "4294967295 bytes");
    }

    @Test
    void aBombIsRefusedBeforeItIsDecompressed() {
        byte[] bomb = bomb();
        refused(request(0, 1 << 20, bomb), Code.PAYLOAD_TOO_LARGE, bomb.length + " bytes of gzip");
    }

    @Test
    void aBombInFragmentsIsRefusedWithTheFirst() {
        byte[] first = frame(Frames.REQUEST, Frames.COMPRESSED | Frames.MORE, ID, bytes(out -> {
            out.write(new byte[] {0, 0, 0});
            out.writeVarInt(0);
            out.writeVarInt(16 << 20);
            out.writeVarInt(60_000);
            out.write(new byte[100]);
        }));
        refused(first, Code.PAYLOAD_TOO_LARGE, "60000 bytes of gzip");
    }

    private void unreadable(byte[] request, String text) {
        EmbeddedPeer server = server();
        server.give(request);
        assertThatThrownBy(this::arrived)
                .isInstanceOfSatisfying(
                        RpcException.class,
                        failure -> assertThat(failure.code()).isEqualTo(Code.MALFORMED_DATA))
                .hasMessageContaining(text);
        assertThatThrownBy(this::arrived).as("once more").hasMessageContaining(text);
        received.clear();
        assertThat(server.isOpen()).isTrue();
    }

    @Test
    void whoLiesOfTheSizeIsNotRead() {
        unreadable(request(0, 999, gzip(text(1_000))), "that are not 999 bytes");
        unreadable(request(0, 1_001, gzip(text(1_000))), "that are not 1001 bytes");
        unreadable(request(0, 10, new byte[100]), "100 bytes of damaged gzip");
        refused(request(0, 1, new byte[0]), Code.PAYLOAD_TOO_LARGE, "0 bytes of gzip");
    }

    /** Of the request that it has sent last. */
    private static int lastId(EmbeddedPeer client) {
        List<byte[]> sent = EmbeddedStream.frames(client.take());
        return new WireInput(sent.get(sent.size() - 1), 5, 4).readInt();
    }

    @Test
    void aServersBombEndsItsConnection() {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();
        CompletableFuture<Inbound<ResponseHead>> call = client.connection()
                .call(TransportMessage.of(EmbeddedStream.head(), new byte[1]))
                .toCompletableFuture();
        client.give(frame(Frames.RESPONSE, Frames.COMPRESSED, lastId(client), bytes(out -> {
            out.writeVarInt(0);
            out.writeVarInt(1 << 20);
            out.write(bomb());
        })));
        assertThat(call).isDone();
        assertThatThrownBy(call::join).hasMessageContaining("that would become 1048576");
        assertThat(client.connection().closed().toCompletableFuture()).isDone();
    }

    @Test
    void aCompressedFailureFailsItsCallAlone() {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();
        CompletableFuture<Inbound<ResponseHead>> call = client.connection()
                .call(TransportMessage.of(EmbeddedStream.head(), new byte[1]))
                .toCompletableFuture();
        client.give(frame(Frames.RESPONSE, Frames.COMPRESSED | Frames.FAILURE, lastId(client), new byte[10]));
        assertThat(call).isDone();
        assertThatThrownBy(call::join).hasMessageContaining("which this version reserves");
        assertThat(client.isOpen()).isTrue();
    }
}
