package io.bowline.rpc.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.function.Consumer;

/** A plain socket that speaks as much of the protocol, and as wrongly, as a test wants. */
final class RawPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    /** A frame as it came. */
    record Frame(int type, int flags, int id, WireInput payload) {}

    RawPeer(Address server) throws IOException {
        this(new Socket(server.host(), server.port()));
    }

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Connects and says HELLO with the defaults. */
    static RawPeer agreed(Address server) throws IOException {
        return agreed(new Socket(server.host(), server.port()));
    }

    /** Says HELLO with the defaults. */
    static RawPeer agreed(Socket connected) throws IOException {
        RawPeer peer = new RawPeer(connected);
        peer.send(ProtocolPage.frame("preface")).send(ProtocolPage.frame("hello-client"));
        peer.skip(Preface.LENGTH);
        assertThat(peer.read().type()).isEqualTo(Frames.HELLO);
        return peer;
    }

    RawPeer send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawPeer send(int type, int flags, int id, byte... payload) throws IOException {
        return send(frame(type, flags, id, payload));
    }

    static byte[] frame(int type, int flags, int id, byte... payload) {
        WireOutput out = new WireOutput();
        int at = Frames.begin(out, type, flags, id);
        out.write(payload);
        Frames.end(out, at);
        return out.toByteArray();
    }

    static byte[] bytes(Consumer<WireOutput> writer) {
        WireOutput out = new WireOutput();
        writer.accept(out);
        return out.toByteArray();
    }

    void skip(int count) throws IOException {
        in.readFully(new byte[count]);
    }

    Frame read() throws IOException {
        byte[] header = new byte[Frames.HEADER];
        in.readFully(header);
        WireInput head = new WireInput(header);
        int first = head.readInt();
        int flags = head.readByte();
        byte[] payload = new byte[first >>> 8];
        in.readFully(payload);
        return new Frame(first & 0xff, flags, head.readInt(), new WireInput(payload));
    }

    /** The server says this of the connection; it closes at once when this side does. */
    void expectError(String text) throws IOException {
        Frame error = read();
        assertThat(error.type()).isEqualTo(Frames.ERROR);
        error.payload().readVarInt();
        assertThat(error.payload().readString()).contains(text);
        socket.shutdownOutput();
        expectEnd();
    }

    /** The same from a server that has not said HELLO yet. */
    void expectPrefaceAndError(String text) throws IOException {
        skip(Preface.LENGTH);
        expectError(text);
    }

    /** The server refuses this call and keeps the connection. */
    void expectRefusal(int id, Code code) throws IOException {
        Frame refusal = read();
        assertThat(refusal.type()).isEqualTo(Frames.RESPONSE);
        assertThat(refusal.id()).isEqualTo(id);
        assertThat(refusal.flags()).isEqualTo(Frames.FAILURE | Frames.UNPROCESSED);
        assertThat(Code.of(refusal.payload().readVarInt())).isEqualTo(code);
    }

    /** Nothing more comes but the end, by close or by reset. */
    void expectEnd() throws IOException {
        try {
            while (true) {
                in.readByte();
            }
        } catch (EOFException closed) {
            return;
        } catch (IOException reset) {
            assertThat(reset).hasMessageNotContaining("timed out");
        }
    }

    /** The connection still works: a PING comes back. */
    void expectAlive() throws IOException {
        byte[] nonce = {1, 2, 3, 4, 5, 6, 7, 8};
        send(Frames.PING, 0, 0, nonce);
        Frame pong = read();
        while (pong.type() == Frames.PING) {
            pong = read();
        }
        assertThat(pong.type()).isEqualTo(Frames.PONG);
        assertThat(pong.payload().readBytes(8)).isEqualTo(nonce);
    }

    Socket socket() {
        return socket;
    }

    static byte[] join(byte[]... parts) {
        WireOutput out = new WireOutput();
        Arrays.stream(parts).forEach(out::write);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
