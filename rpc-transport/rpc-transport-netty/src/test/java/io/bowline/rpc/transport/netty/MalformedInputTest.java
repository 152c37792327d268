package io.bowline.rpc.transport.netty;

import static io.bowline.rpc.transport.netty.RawPeer.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.testkit.TransportMessage;
import io.bowline.rpc.testkit.TransportProbe;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * Bad bytes at a server's socket: a typed answer on the call, or a typed error and the end of that connection. After
 * each case a well-behaved client of the same server still gets its answers.
 */
@Timeout(60)
class MalformedInputTest {
    private static final int ID = 0x0001_0000;
    private static final byte[] BIND = ProtocolPage.frame("bind");

    private NettyTransport transport;
    private TransportProbe probe;
    private Address server;

    @BeforeEach
    void open() {
        transport = NettyTransport.builder()
                .io(IoMode.NIO)
                .ioThreads(1)
                .handshakeTimeout(Duration.ofMillis(1500))
                .pingInterval(Duration.ofMillis(400))
                .build();
        probe = new TransportProbe(transport, new Address("127.0.0.1", 0));
        probe.forgetful();
        server = probe.binding().address();
    }

    @AfterEach
    void othersAreUnaffected() {
        byte[] body = {1, 2, 3};
        assertThat(probe.echo(body)).isEqualTo(body);
        transport.close();
    }

    // ---- Before HELLO ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "474554202f20485454502f312e31, HTTP/1",
        "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a, HTTP/2",
        "16030100a5010000a10303, TLS",
        "dabbc20000000000000000010000, Dubbo",
        "0000000000000000, another protocol",
        "b0574c4e02000000, version 2"
    })
    void namesTheProtocolThatItDoesNotSpeak(String hex, String name) throws IOException {
        try (RawPeer peer = new RawPeer(server)) {
            peer.send(HexFormat.of().parseHex(hex));
            peer.expectPrefaceAndError(name);
        }
    }

    @Test
    void closesOnWhoSaysNothing() throws IOException {
        try (RawPeer peer = new RawPeer(server)) {
            peer.expectPrefaceAndError("no HELLO within");
        }
    }

    @Test
    void closesOnWhoSaysHelloByteByByte() throws IOException {
        try (RawPeer peer = new RawPeer(server)) {
            trickle(peer, RawPeer.join(ProtocolPage.frame("preface"), ProtocolPage.frame("hello-client")));
            peer.expectEnd();
        }
    }

    @Test
    void refusesARequestBeforeHello() throws IOException {
        try (RawPeer peer = new RawPeer(server)) {
            peer.send(ProtocolPage.frame("preface")).send(ProtocolPage.frame("request"));
            peer.expectPrefaceAndError("before HELLO");
        }
    }

    @ParameterizedTest
    @CsvSource({"00010100, setting 1", "000101, cannot read", "0001ff, cannot read", "000102ffff, cannot read"})
    void refusesAHelloThatCannotBe(String payload, String why) throws IOException {
        try (RawPeer peer = new RawPeer(server)) {
            peer.send(ProtocolPage.frame("preface"))
                    .send(Frames.HELLO, 0, 0, HexFormat.of().parseHex(payload));
            peer.expectPrefaceAndError(why);
        }
    }

    // ---- Frames ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "ffffff 03, at most 65536",
        "010001 05, at most 65536",
        "000801 02, at most 2048",
        "000001 09, at most 0",
        "000009 0a, at most 8",
        "000401 0e, at most 1024",
        "000000 00, type 0",
        "000000 0f, type 15",
        "000000 7f, type 127",
        "010001 80, at most 65536"
    })
    void refusesAHeaderBeforeItsPayloadComes(String header, String why) throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            byte[] lengthAndType = HexFormat.of().parseHex(header.replace(" ", ""));
            peer.send(RawPeer.join(lengthAndType, new byte[5]));
            peer.expectError(why);
        }
    }

    @Test
    void skipsTypesThatItMaySkip() throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(0x80, 0xff, ID, new byte[65_536]).send(0xff, 0, 0);
            peer.expectAlive();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, HELLO", "4, RESPONSE", "12, DRAIN"})
    void refusesFramesThatAClientDoesNotSend(int type, String name) throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(type, 0, 0);
            peer.expectError("type " + type);
        }
    }

    @Test
    void forgetsAFrameThatNeverBecomesWhole() throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(BIND).send(Arrays.copyOf(ProtocolPage.frame("request"), 12));
            // Neither more bytes nor a PONG: the connection ends when its signs of life do.
            RawPeer.Frame ping = peer.read();
            assertThat(ping.type()).isEqualTo(Frames.PING);
            peer.expectEnd();
        }
    }

    @Test
    void closesOnAFrameThatComesByteByByte() throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            trickle(peer, RawPeer.frame(Frames.REQUEST, 0, ID, new byte[1000]));
            peer.expectEnd();
        }
    }

    // ---- Methods ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "01 0161 00 00 0161, BIND of method 1",
        "ffffffff0f 0161 00 00 0161, BIND of method 4294967295",
        "00 00 00 00 0161, without a name",
        "00 ff7f, cannot read",
        "00 ffffffff0f, cannot read"
    })
    void refusesABindThatCannotBe(String payload, String why) throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(Frames.BIND, 0, 0, HexFormat.of().parseHex(payload.replace(" ", "")));
            peer.expectError(why);
        }
    }

    @Test
    void keepsNoMoreMethodsThanItSaid() throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            for (int i = 0; i <= Hello.MAX_METHODS; i++) {
                int number = i;
                peer.send(Frames.BIND, 0, 0, bytes(out -> {
                    out.writeVarInt(number);
                    out.writeString("demo.S");
                    out.writeString("");
                    out.writeString("");
                    out.writeString("m" + number);
                }));
            }
            peer.expectError("less than 1024");
        }
    }

    // ---- Requests --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "0, 01 00 00, PROTOCOL_ERROR", // a method that was not bound
        "0, ffffffff0f 00 00, PROTOCOL_ERROR",
        "0, 00 01 00, SERIALIZER_NOT_ACCEPTED",
        "0, 00 ffffffff0f 00, SERIALIZER_NOT_ACCEPTED",
        "0, 00, MALFORMED_DATA", // a head that stops
        "0, 00 00, MALFORMED_DATA",
        "0, ffffffffff, MALFORMED_DATA", // a number without end
        "0, 00 00 ffffffffffffffffff7f, MALFORMED_DATA",
        "2, 00 00 00 05 0161, MALFORMED_DATA", // labels that stop
        "2, 00 00 00 ffffffff0f, MALFORMED_DATA", // a negative length of labels
        "2, 00 00 00 02 0000, MALFORMED_DATA", // an empty key
        "2, 00 00 00 02 0161, MALFORMED_DATA", // a key without a value
        "1, 00 00 00 ffffffff0f, PAYLOAD_TOO_LARGE", // a negative length of the body
        "1, 00 00 00 81808008, PAYLOAD_TOO_LARGE", // one byte over the limit
        "32, 00 00 00 01 10, PROTOCOL_ERROR", // an algorithm that was not offered
        "32, 00 00 00 00, MALFORMED_DATA", // compressed, from nobody knows what
        "64, 00 00 00, PROTOCOL_ERROR" // a flag from the future
    })
    void answersARequestThatCannotBe(int flags, String payload, Code code) throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(BIND);
            peer.send(Frames.REQUEST, flags, ID, HexFormat.of().parseHex(payload.replace(" ", "")));
            peer.expectRefusal(ID, code);
            peer.send(Frames.CONTINUE, 0, ID, new byte[100]);
            peer.expectAlive();
        }
    }

    @Test
    void refusesLabelsOverTheLimit() throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(BIND).send(Frames.REQUEST, Frames.METADATA, ID, bytes(out -> {
                out.write(new byte[] {0, 0, 0});
                out.writeVarInt(20_000);
                out.write(new byte[20_000]);
            }));
            peer.expectRefusal(ID, Code.PAYLOAD_TOO_LARGE);
            peer.expectAlive();
        }
    }

    @Test
    void refusesMoreThanAnnounced() throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(BIND).send(Frames.REQUEST, Frames.MORE, ID, (byte) 0, (byte) 0, (byte) 0, (byte) 5);
            peer.send(Frames.CONTINUE, Frames.MORE, ID, new byte[6]);
            peer.expectError("announced: 5");
        }
    }

    @Test
    void refusesLessThanAnnounced() throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(BIND).send(Frames.REQUEST, Frames.MORE, ID, (byte) 0, (byte) 0, (byte) 0, (byte) 5);
            peer.send(Frames.CONTINUE, 0, ID, new byte[4]);
            peer.expectError("announced: 5");
        }
    }

    @Test
    void refusesASlotThatIsTaken() throws IOException {
        probe.answering(request -> new CompletableFuture<>());
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(BIND).send(ProtocolPage.frame("request")).send(ProtocolPage.frame("request"));
            peer.expectError("slot");
        }
        echoAgain();
    }

    @Test
    void refusesOneCallTooMany() throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(BIND).send(Frames.REQUEST, 0, 0x0001_1000, (byte) 0, (byte) 0, (byte) 0);
            peer.expectRefusal(0x0001_1000, Code.OVERLOADED);
            peer.expectAlive();
        }
    }

    @Test
    void holdsABoundedAmountOfHalfArrivedRequests() throws IOException {
        byte[] first = bytes(out -> {
            out.write(new byte[] {0, 0, 0});
            out.writeVarInt(16 << 20);
            out.write(new byte[65_000]);
        });
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(BIND);
            int refusedAt = 0;
            for (int slot = 0; slot < 1100; slot++) {
                peer.send(Frames.REQUEST, Frames.MORE, ID + slot, first);
            }
            peer.socket().shutdownOutput();
            RawPeer.Frame refusal = peer.read();
            refusedAt = refusal.id() & 0xffff;
            assertThat(Code.of(refusal.payload().readVarInt())).isEqualTo(Code.OVERLOADED);
            assertThat(refusedAt).isEqualTo((64 << 20) / 65_000);
        }
    }

    // ---- Floods ----------------------------------------------------------------------------------------------------

    @Test
    void answersAFloodOfPingsAndIgnoresOneOfCancels() throws IOException {
        byte[] cancels = new byte[100_000 * Frames.HEADER];
        byte[] cancel = RawPeer.frame(Frames.CANCEL, 0, ID);
        for (int at = 0; at < cancels.length; at += cancel.length) {
            System.arraycopy(cancel, 0, cancels, at, cancel.length);
        }
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(cancels);
            for (int round = 0; round < 100; round++) {
                peer.expectAlive();
            }
        }
    }

    @Test
    void doesNotReadFromWhoDoesNotRead() throws Exception {
        byte[] pings = new byte[1000 * 17];
        byte[] ping = RawPeer.frame(Frames.PING, 0, 0, new byte[8]);
        for (int at = 0; at < pings.length; at += ping.length) {
            System.arraycopy(ping, 0, pings, at, ping.length);
        }
        try (RawPeer peer = RawPeer.agreed(server)) {
            AtomicLong sent = new AtomicLong();
            OutputStream out = peer.socket().getOutputStream();
            Thread flooder = new Thread(() -> {
                try {
                    while (true) {
                        out.write(pings);
                        sent.addAndGet(pings.length);
                    }
                } catch (IOException closed) {
                    sent.set(-1);
                }
            });
            flooder.start();
            // The server lets it stall, and closes when nothing moves any more.
            await().atMost(30, TimeUnit.SECONDS).until(() -> sent.get() == -1);
            flooder.join();
            assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory())
                    .isLessThan(128 << 20);
        }
    }

    @Test
    void dropsAnswersOfWhoDoesNotRead() throws IOException {
        byte[] big = new byte[8 << 20];
        probe.answering(request -> CompletableFuture.completedFuture(TransportMessage.ok(big)));
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(BIND);
            for (int slot = 0; slot < 200; slot++) {
                peer.send(Frames.REQUEST, 0, ID + slot, (byte) 0, (byte) 0, (byte) 0);
            }
            await().untilAsserted(() -> {
                byte[] one = {1};
                probe.answering(request -> CompletableFuture.completedFuture(TransportMessage.ok(one)));
                assertThat(probe.echo(one)).isEqualTo(one);
            });
        }
        echoAgain();
    }

    @Test
    void logsBadConnectionsOnceInAWhile() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(NettyTransport.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        Level former = logger.getLevel();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        try {
            for (int i = 0; i < 30; i++) {
                try (RawPeer peer = new RawPeer(server)) {
                    peer.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    peer.expectPrefaceAndError("HTTP/1");
                }
            }
            assertThat(lines.list).hasSizeBetween(1, 3);
            assertThat(lines.list.get(0).getFormattedMessage())
                    .contains("HTTP/1")
                    .hasSizeLessThan(400);
        } finally {
            logger.setLevel(former);
            logger.setAdditive(true);
            logger.detachAppender(lines);
        }
    }

    @Test
    void aPeerThatDoesNotCloseAfterAnErrorIsClosed() throws IOException {
        try (RawPeer peer = RawPeer.agreed(server)) {
            peer.send(0, 0, 0);
            assertThat(peer.read().type()).isEqualTo(Frames.ERROR);
            peer.expectEnd();
        }
    }

    private void echoAgain() {
        probe.answering(request ->
                CompletableFuture.completedFuture(TransportMessage.ok(TransportProbe.bytes(request.body()))));
    }

    /** Sends one byte every 50 ms until the server has had enough. */
    private static void trickle(RawPeer peer, byte[] bytes) {

        long next = System.nanoTime();
        try {
            for (byte single : bytes) {
                peer.send(single);
                next += TimeUnit.MILLISECONDS.toNanos(50);
                while (System.nanoTime() - next < 0) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        } catch (IOException closed) {
            // That is what is expected.
            assertThat(closed.getMessage().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
        }
    }
}
