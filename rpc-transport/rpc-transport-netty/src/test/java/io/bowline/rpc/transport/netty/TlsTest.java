package io.bowline.rpc.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.TransportProbe;
import io.bowline.rpc.transport.Connection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who is let in by whom, and what those hear who are not. */
@Timeout(60)
class TlsTest {
    private static final Address ANY = new Address("127.0.0.1", 0);
    private static final byte[] BODY = {1, 2, 3};

    private static Authority ours;
    private static SSLContext server;
    private static SSLContext client;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @BeforeAll
    static void issue() throws Exception {
        ours = new Authority("ours");
        server = ours.of(ours.issue("stock", "127.0.0.1", "localhost"));
        client = ours.of(ours.issue("orders"));
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private NettyTransport transport(Tls tls) {
        return keep(builder().tls(tls).build());
    }

    private NettyTransport plain() {
        return keep(builder().build());
    }

    private static NettyTransportBuilder builder() {
        return NettyTransport.builder().io(IoMode.NIO).ioThreads(1).connectTimeout(Duration.ofSeconds(20));
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** A server of that transport, which another one calls. */
    private Address serve(NettyTransport transport) {
        return TransportProbe.await(transport.bind(ANY, new TransportProbe(plain(), ANY).receiver()))
                .address();
    }

    private static void calls(NettyTransport transport, Address address) {
        Connection connection = TransportProbe.await(transport.connect(address));
        assertThat(TransportProbe.bytes(TransportProbe.await(connection.call(TransportProbe.request(BODY)))
                        .body()))
                .isEqualTo(BODY);
    }

    private static RpcException refused(NettyTransport transport, Address address) {
        RpcException failure =
                catchThrowableOfType(RpcException.class, () -> TransportProbe.await(transport.connect(address)));
        assertThat(failure).isNotNull().hasMessageContaining(address.toString());
        assertThat(failure.unprocessed()).isTrue();
        return failure;
    }

    // ---- Certificates ----------------------------------------------------------------------------------------------

    @Test
    void mutualTlsTellsTheServerWhoCalls() throws Exception {
        TransportProbe probe = probe(Tls.ClientAuth.NEED);

        calls(transport(Tls.of(client)), probe.binding().address());

        assertThat(probe.seen().get(0).peer()).matches("127\\.0\\.0\\.1:\\d+ CN=orders");
    }

    @Test
    void aServerThatWantsCertificatesTakesClientsWithAndWithout() throws Exception {
        TransportProbe probe = probe(Tls.ClientAuth.WANT);

        calls(transport(Tls.of(ours.anonymous())), probe.binding().address());
        calls(transport(Tls.of(client)), probe.binding().address());

        assertThat(probe.seen().get(0).peer()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(probe.seen().get(1).peer()).endsWith(" CN=orders");
    }

    /** The server's own client has the server's certificate. */
    private TransportProbe probe(Tls.ClientAuth auth) {
        return new TransportProbe(transport(Tls.of(server).withClientAuth(auth)), ANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientWithoutTheCertificateThatIsNeededHearsWhy(String version) throws Exception {
        Address address = probe(Tls.ClientAuth.NEED).binding().address();

        RpcException failure = refused(transport(Tls.of(ours.anonymous()).withProtocols(version)), address);

        assertThat(failure.code()).isEqualTo(Code.CONNECT_FAILED);
        assertThat(failure)
                .hasMessageContaining("TLS failed: the other side refused")
                .hasMessageContaining("certificate");
    }

    @Test
    void theServerLogsWhyItHasRefusedAClient() throws Exception {
        Address address = probe(Tls.ClientAuth.NEED).binding().address();
        Logger log = (Logger) LoggerFactory.getLogger(NettyTransport.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        Level former = log.getLevel();
        log.setLevel(Level.WARN);
        log.setAdditive(false);
        keep(() -> {
            log.setLevel(former);
            log.setAdditive(true);
            log.detachAppender(lines);
        });

        refused(transport(Tls.of(ours.anonymous())), address);

        await().until(() -> lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.matches("Closed the connection from 127\\.0\\.0\\.1:\\d+: TLS failed: .*")));
    }

    @Test
    void aServerOfAnUnknownAuthorityIsRefused() throws Exception {
        Address address = serve(transport(Tls.of(server)));

        RpcException failure = refused(transport(Tls.of(new Authority("theirs").anonymous())), address);

        assertThat(failure.code()).isEqualTo(Code.CONNECT_FAILED);
        assertThat(failure).hasMessageContaining("the other side's certificate is not trusted here");
    }

    @Test
    void aServerWhoseTimeIsUpOrNotYetComeIsRefused() throws Exception {
        SSLContext old = ours.of(ours.issue("old", Duration.ofDays(-2), Duration.ofDays(-1), "127.0.0.1"));
        SSLContext early = ours.of(ours.issue("early", Duration.ofDays(1), Duration.ofDays(2), "127.0.0.1"));
        NettyTransport caller = transport(Tls.of(client));

        assertThat(refused(caller, serve(transport(Tls.of(old)))))
                .hasMessageContaining("the other side's certificate has expired (NotAfter: ");
        assertThat(refused(caller, serve(transport(Tls.of(early)))))
                .hasMessageContaining("the other side's certificate is not valid yet (NotBefore: ");
    }

    @Test
    void aServerOfAnotherHostIsRefusedUnlessItIsTheOneExpected() throws Exception {
        SSLContext elsewhere = ours.of(ours.issue("elsewhere", "stock.example.org"));
        Address address = serve(transport(Tls.of(elsewhere)));

        assertThat(refused(transport(Tls.of(client)), address))
                .hasMessageContaining("the other side's certificate is of another host")
                .hasMessageContaining("127.0.0.1");
        assertThat(refused(transport(Tls.of(client).withServerName("shop.example.org")), address))
                .hasMessageContaining("shop.example.org");
        calls(transport(Tls.of(client).withServerName("stock.example.org")), address);
        calls(transport(Tls.of(client).withoutHostVerification()), address);
    }

    @Test
    void aRenewedCertificateIsShownOnTheNextConnection() throws Exception {
        AtomicReference<SSLContext> current = new AtomicReference<>(server);
        TransportProbe probe = new TransportProbe(transport(Tls.of(current::get)), ANY);
        assertThat(shown(probe.binding().address())).isEqualTo("CN=stock");

        current.set(ours.of(ours.issue("renewed", "127.0.0.1")));

        assertThat(shown(probe.binding().address())).isEqualTo("CN=renewed");
        assertThat(probe.echo(BODY)).as("on the connection from before").isEqualTo(BODY);
    }

    @Test
    void aRenewedTrustCountsForTheNextConnection() throws Exception {
        Address address = serve(transport(Tls.of(server)));
        AtomicReference<SSLContext> current = new AtomicReference<>(new Authority("theirs").anonymous());
        NettyTransport caller = transport(Tls.of(current::get));
        refused(caller, address);

        current.set(ours.anonymous());

        calls(caller, address);
    }

    private static String shown(Address address) throws IOException {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(address.host(), address.port())) {
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        }
    }

    @Test
    void versionsThatDoNotMeetAreNamed() {
        Address address = serve(transport(Tls.of(server).withProtocols("TLSv1.2")));

        assertThat(refused(transport(Tls.of(client).withProtocols("TLSv1.3")), address))
                .hasMessageContaining("TLS failed: ")
                .hasMessageContaining("protocol_version");
        calls(transport(Tls.of(client)), address);
    }

    @Test
    void settingsThatCannotBeFailAtOnce() {
        NettyTransport wrong = transport(Tls.of(server).withProtocols("TLSv9"));

        assertThatThrownBy(() -> TransportProbe.await(wrong.bind(ANY, new TransportProbe(plain(), ANY).receiver())))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                .hasMessageContaining("TLS cannot be used as it is set")
                .hasMessageContaining("TLSv9");
        assertThatThrownBy(() -> TransportProbe.await(transport(Tls.of(() -> {
                            throw new IllegalStateException("no key store at /etc/keys.p12");
                        }))
                        .connect(new Address("127.0.0.1", 1))))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.unprocessed()).isTrue())
                .hasMessageContaining("no key store at /etc/keys.p12");
        assertThatThrownBy(() -> Tls.of(server).withServerName("stock:9000"))
                .hasMessage("serverName: 'stock:9000' (expected: a host name, without a port)");
    }

    // ---- Those who do not speak TLS --------------------------------------------------------------------------------

    @Test
    void aPlainClientOfATlsPortHearsThatItIsOne() {
        RpcException failure = refused(plain(), serve(transport(Tls.of(server))));

        assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
        assertThat(failure).hasMessageContaining("TLS is set on the one side").hasMessageContaining("without TLS");
    }

    @Test
    void aTlsClientOfAPlainPortHearsThatItIsOne() {
        RpcException failure = refused(transport(Tls.of(client)), serve(plain()));

        assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
        assertThat(failure).hasMessageContaining("TLS is set on the one side").hasMessageContaining("without TLS");
    }

    @Test
    void aPortThatAcceptsBothServesBoth() {
        Address address = serve(
                transport(Tls.of(server).withClientAuth(Tls.ClientAuth.NEED).acceptingPlain()));

        calls(plain(), address);
        calls(transport(Tls.of(client)), address);
    }

    @Test
    void aStrangerAtATlsPortIsToldInItsOwnWay() throws IOException {
        Address address = serve(transport(Tls.of(server)));

        try (RawPeer stranger = new RawPeer(address)) {
            stranger.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            stranger.expectPrefaceAndError("another protocol: HTTP/1");
        }
    }

    @Test
    void aStrangerWhereTlsIsExpectedIsNamed() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try {
                    keep(stranger.accept())
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException closed) {
                    throw new IllegalStateException(closed);
                }
            });
            answering.start();

            RpcException failure =
                    refused(transport(Tls.of(client)), new Address("127.0.0.1", stranger.getLocalPort()));

            assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
            assertThat(failure).hasMessageContaining("another protocol: HTTP/1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16030100a5010000a10303"})
    void aClientThatDoesNotGetOnIsCutOff(String beginning) throws IOException {
        NettyTransport transport = keep(builder()
                .tls(Tls.of(server))
                .handshakeTimeout(Duration.ofMillis(200))
                .build());
        Address address = serve(transport);

        try (RawPeer silent = new RawPeer(address)) {
            silent.send(HexFormat.of().parseHex(beginning));
            silent.expectEnd();
        }
    }

    @Test
    void aServerThatDoesNotGetOnIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            NettyTransport impatient = keep(builder()
                    .tls(Tls.of(client))
                    .connectTimeout(Duration.ofMillis(300))
                    .build());

            assertThat(refused(impatient, new Address("127.0.0.1", silent.getLocalPort())))
                    .hasMessageContaining("no TLS handshake within");
        }
    }

    // ---- Records ---------------------------------------------------------------------------------------------------

    @Test
    void whatIsSentTogetherIsOneRecord() throws Exception {
        Address address = serve(transport(Tls.of(server)));
        RecordCount counted = new RecordCount(new Socket(address.host(), address.port()));
        Socket secure = client.getSocketFactory().createSocket(counted, address.host(), address.port(), true);
        try (RawPeer peer = RawPeer.agreed(secure)) {
            int before = counted.records.get();
            byte[][] pings = new byte[50][];
            Arrays.fill(pings, RawPeer.frame(Frames.PING, 0, 0, new byte[8]));

            peer.send(RawPeer.join(pings));

            for (int i = 0; i < pings.length; i++) {
                assertThat(peer.read().type()).isEqualTo(Frames.PONG);
            }
            assertThat(counted.records).hasValue(before + 1);
        }
    }

    @Test
    void handshakesLeaveNoThreadBehind() {
        NettyTransport transport = transport(Tls.of(server));
        calls(transport(Tls.of(client)), serve(transport));

        opened.forEach(each -> ((NettyTransport) each).close());

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("bowline-tls")));
    }

    /** A socket that counts the records of data that come through it. */
    private static final class RecordCount extends Socket {
        private static final int DATA = 23;

        private final Socket socket;
        private final AtomicInteger records = new AtomicInteger();

        RecordCount(Socket socket) {
            this.socket = socket;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(socket.getInputStream()) {
                private final byte[] head = new byte[5];
                private int headSize;
                private int left;

                @Override
                public int read() throws IOException {
                    int value = super.read();
                    if (value >= 0) {
                        count((byte) value);
                    }
                    return value;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    for (int i = 0; i < count; i++) {
                        count(bytes[offset + i]);
                    }
                    return count;
                }

                private void count(byte value) {
                    if (left > 0) {
                        left--;
                        return;
                    }
                    head[headSize++] = value;
                    if (headSize == head.length) {
                        headSize = 0;
                        left = (head[3] & 0xff) << 8 | (head[4] & 0xff);
                        records.addAndGet(head[0] == DATA ? 1 : 0);
                    }
                }
            };
        }

        @Override
        public java.io.OutputStream getOutputStream() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InetAddress getInetAddress() {
            return socket.getInetAddress();
        }

        @Override
        public void setSoTimeout(int millis) throws java.net.SocketException {
            socket.setSoTimeout(millis);
        }

        @Override
        public void setTcpNoDelay(boolean on) throws java.net.SocketException {
            socket.setTcpNoDelay(on);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
