package io.bowline.rpc.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.TransportProbe;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.wire.WireOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client makes of a server that is none of ours, or breaks the protocol. */
@Timeout(60)
class ForeignServerTest {
    private final NettyTransport transport = NettyTransport.builder()
            .io(IoMode.NIO)
            .ioThreads(1)
            .connectTimeout(Duration.ofMillis(700))
            .build();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        transport.close();
    }

    @ParameterizedTest
    @CsvSource({
        "485454502f312e31203430302042616420526571756573740d0a, HTTP/1",
        "15030300020228, TLS",
        "dabb021400000000, Dubbo",
        "ffffffffffffffff, another protocol",
        "b0574c4e09000000, version 9"
    })
    void saysWhatTheServerSpeaks(String hex, String name) throws IOException {
        answerWith(HexFormat.of().parseHex(hex));

        RpcException failure = connectFailure();

        assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure)
                .hasMessageContaining(name)
                .hasMessageContaining(address().toString());
    }

    @Test
    void givesUpOnAServerThatSaysNothing() {
        RpcException failure = connectFailure();

        assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
        assertThat(failure).hasMessageContaining("no HELLO within");
    }

    @Test
    void aServerThatClosesAtOnceIsAFailedConnect() throws IOException {
        Thread acceptor = new Thread(() -> {
            try {
                server.accept().close();
            } catch (IOException closed) {
                throw new IllegalStateException(closed);
            }
        });
        acceptor.start();

        assertThat(connectFailure().code()).isEqualTo(Code.CONNECT_FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "000005 04 ff 00010000 68656c6c6f, flags 255", // flags from the future: the call fails, the connection stays
        "000003 03 00 00010000 000000, type 3", // a server that requests
        "000006 04 01 00010000 ffffffff0f00, 4294967295 bytes",
        "000000 00 00 00000000, type 0",
        "ffffff 04 00 00010000, at most 65536"
    })
    void aBreachOfTheServerFailsTheCall(String hex, String why) throws IOException {
        WireOutput out = new WireOutput();
        out.write(ProtocolPage.frame("preface"));
        out.write(RawPeer.frame(Frames.HELLO, 0, 0, RawPeer.bytes(hello -> {
            hello.writeVarInt(0);
            hello.writeVarInt(6);
            hello.writeVarInt(4);
            hello.writeString("raw");
        })));
        answerWith(out.toByteArray());
        Connection connection = TransportProbe.await(transport.connect(address()));
        var call = connection.call(TransportProbe.request(new byte[] {1}));
        peer.skip(Preface.LENGTH);
        while (peer.read().type() != Frames.REQUEST) {
            // HELLO and BIND come first.
        }

        peer.send(HexFormat.of().parseHex(hex.replace(" ", "")));

        RpcException failure = catchThrowableOfType(RpcException.class, () -> TransportProbe.await(call));
        assertThat(failure).hasMessageContaining(why);
        assertThat(failure.unprocessed()).isFalse();
    }

    private volatile RawPeer peer;

    private void answerWith(byte[] bytes) {
        Thread acceptor = new Thread(() -> {
            try {
                peer = new RawPeer(server.accept());
                peer.send(bytes);
            } catch (IOException closed) {
                throw new IllegalStateException(closed);
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private RpcException connectFailure() {
        return catchThrowableOfType(RpcException.class, () -> TransportProbe.await(transport.connect(address())));
    }

    private Address address() {
        return new Address("127.0.0.1", server.getLocalPort());
    }
}
