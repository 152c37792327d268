package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In front of a real server on loopback that sends back what it reads. */
@Timeout(30)
class FaultProxyTest {
    private static final byte[] HELLO = "hello, world".getBytes(StandardCharsets.US_ASCII);

    private ServerSocket server;
    private FaultProxy proxy;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FaultProxy.start("echo", this::serve);
        proxy = FaultProxy.to(new Address("127.0.0.1", server.getLocalPort()));
        client = open();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    @Test
    void carriesEverythingUnharmedWithoutFaults() throws IOException {
        byte[] much = new byte[3_000_000];
        new SplittableRandom(1).nextBytes(much);
        FaultProxy.start("sender", () -> send(much));
        assertThat(receive(much.length)).isEqualTo(much);
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void splitsAtEveryByteWithoutLosingOne() throws IOException {
        proxy.both(FaultLine.GOOD.withPiece(1));
        byte[] some = new byte[5_000];
        new SplittableRandom(2).nextBytes(some);
        send(some);
        assertThat(receive(some.length)).isEqualTo(some);
    }

    @Test
    void deliversLateAndInOrder() throws IOException {
        Duration delay = Duration.ofMillis(60);
        proxy.toServer(FaultLine.GOOD.withDelay(delay).withJitter(Duration.ofMillis(20)));
        long start = System.nanoTime();
        for (byte part : HELLO) {
            send(new byte[] {part});
        }
        assertThat(receive(HELLO.length)).isEqualTo(HELLO);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay.toNanos());
    }

    @Test
    void flipsOneBitInEachNthByte() throws IOException {
        proxy.toClient(FaultLine.GOOD.withFlipEvery(4));
        send(HELLO);
        byte[] received = receive(HELLO.length);
        for (int i = 0; i < HELLO.length; i++) {
            assertThat(Integer.bitCount((received[i] ^ HELLO[i]) & 0xff)).isEqualTo(i % 4 == 3 ? 1 : 0);
        }
    }

    @Test
    void cutsAfterSoManyBytes() throws IOException {
        proxy.toClient(FaultLine.GOOD.withCutAfter(5));
        send(HELLO);
        assertThat(receive(5)).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> receive(1)).isInstanceOfAny(EOFException.class, SocketException.class);
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void holdsEverythingBackInABlackHoleAndDeliversItAfterwards() throws IOException {
        proxy.both(FaultLine.GOOD.withBlackHole(true));
        send(HELLO);
        client.setSoTimeout(150);
        assertThatThrownBy(() -> receive(1)).isInstanceOf(SocketTimeoutException.class);
        proxy.both(FaultLine.GOOD);
        client.setSoTimeout(0);
        assertThat(receive(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void resetsOpenConnectionsAndTakesNewOnes() throws IOException {
        send(HELLO);
        receive(HELLO.length);
        proxy.reset();
        assertThatThrownBy(() -> receive(1)).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        try (Socket next = open()) {
            next.getOutputStream().write(HELLO);
            assertThat(next.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    void refusesNewConnectionsAndKeepsOpenOnes() throws IOException {
        send(HELLO);
        receive(HELLO.length);
        proxy.refuse(true);
        try (Socket refused = open()) {
            assertThatThrownBy(() -> refused.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        send(HELLO);
        assertThat(receive(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void resetsAClientWhoseServerIsGone() throws IOException {
        server.close();
        try (Socket orphan = open()) {
            assertThatThrownBy(() -> orphan.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void endsItsConnectionsWhenClosed() throws IOException {
        send(HELLO);
        receive(HELLO.length);
        proxy.close();
        assertThat(proxy.connections()).isZero();
        assertThatThrownBy(() -> receive(1)).isInstanceOfAny(EOFException.class, SocketException.class);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    }

    @Test
    void namesAFaultThatCannotBe() {
        assertThatThrownBy(() -> FaultLine.GOOD.withPiece(0)).hasMessage("piece: 0 (expected: >= 1)");
        assertThatThrownBy(() -> FaultLine.GOOD.withDelay(Duration.ofMillis(-1)))
                .hasMessage("delay: PT-0.001S (expected: >= 0)");
    }

    private Socket open() throws IOException {
        Address address = proxy.address();
        return new Socket(address.host(), address.port());
    }

    private void send(byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private byte[] receive(int count) throws IOException {
        byte[] bytes = new byte[count];
        new DataInputStream(client.getInputStream()).readFully(bytes);
        return bytes;
    }

    private void serve() {
        try {
            while (true) {
                Socket accepted = server.accept();
                FaultProxy.start("echo-connection", () -> echo(accepted));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            in.transferTo(socket.getOutputStream());
        } catch (IOException broken) {
            // What the test provoked.
        }
    }
}
