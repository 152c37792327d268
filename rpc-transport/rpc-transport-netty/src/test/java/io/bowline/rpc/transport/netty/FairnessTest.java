package io.bowline.rpc.transport.netty;

import static io.bowline.rpc.testkit.TransportProbe.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.TransportMessage;
import io.bowline.rpc.testkit.TransportProbe;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.ResponseHead;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What calls on one connection do to each other: they take turns, and their number and bytes are bounded. */
@Timeout(60)
class FairnessTest {
    private NettyTransport transport = NettyTransport.builder().ioThreads(1).build();

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void aSmallAnswerOvertakesABigOneThatIsOnItsWay() throws IOException {
        TransportProbe probe = probe();
        byte[] big = new byte[14 << 20];
        probe.answering(request -> done(request.body().remaining() == 1 ? big : new byte[20]));
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(64 << 10); // With so little room most of the big answer waits on the server.
            socket.connect(
                    new InetSocketAddress("127.0.0.1", probe.binding().address().port()));
            RawPeer peer = RawPeer.agreed(socket);
            peer.send(ProtocolPage.frame("bind"));
            peer.send(Frames.REQUEST, 0, 0x0001_0000, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
            RawPeer.Frame first = peer.read();
            assertThat(first.type()).isEqualTo(Frames.RESPONSE);
            assertThat(first.flags()).isEqualTo(Frames.MORE);

            peer.send(Frames.REQUEST, 0, 0x0001_0001, (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 1);

            RawPeer.Frame next = peer.read();
            while (next.id() != 0x0001_0001) {
                assertThat(next.flags()).as("the big answer is not through").isEqualTo(Frames.MORE);
                next = peer.read();
            }
            assertThat(next.payload().remaining()).isEqualTo(20);
        }
    }

    @Test
    void aSmallRequestGoesAheadOfABigOneThatWaitsToo() {
        TransportProbe probe = probe();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        CompletableFuture<Outbound<ResponseHead>> first = new CompletableFuture<>();
        probe.answering(request -> {
            sizes.add(request.body().remaining());
            return sizes.size() == 1 ? first : done(new byte[0]);
        });

        // Made on the I/O thread, both wait in the mailbox when it is emptied next.
        CompletionStage<?> both = probe.connection()
                .call(TransportProbe.request(new byte[1]))
                .thenCompose(answer -> {
                    CompletionStage<?> slow = probe.connection().call(TransportProbe.request(new byte[1 << 20]));
                    CompletionStage<?> quick = probe.connection().call(TransportProbe.request(new byte[2]));
                    return slow.thenCompose(done -> quick);
                });
        first.complete(TransportMessage.ok(new byte[0]));
        await(both);

        assertThat(sizes).containsExactly(1, 2, 1 << 20);
    }

    @Test
    void aCallOverTheLimitOfTheConnectionIsRefused() {
        transport.close();
        transport = NettyTransport.builder().ioThreads(1).maxCalls(3).build();
        TransportProbe probe = probe();
        List<CompletableFuture<Outbound<ResponseHead>>> held = new CopyOnWriteArrayList<>();
        probe.answering(request -> {
            CompletableFuture<Outbound<ResponseHead>> answer = new CompletableFuture<>();
            held.add(answer);
            return answer;
        });
        List<CompletionStage<Inbound<ResponseHead>>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(probe.connection().call(TransportProbe.request(new byte[1])));
        }
        await().until(() -> held.size() == 3);

        RpcException refused = failure(probe.connection().call(TransportProbe.request(new byte[1])));

        assertThat(refused.code()).isEqualTo(Code.OVERLOADED);
        assertThat(refused.unprocessed()).isTrue();
        held.forEach(answer -> answer.complete(TransportMessage.ok(new byte[0])));
        calls.forEach(TransportProbe::await);
        probe.answering(request -> done(new byte[] {9}));
        assertThat(probe.echo(new byte[0])).containsExactly(9);
    }

    @Test
    void aBodyOverTheServersLimitIsNotSent() {
        TransportProbe probe = probe();
        RpcException refused = failure(probe.connection().call(TransportProbe.request(new byte[(16 << 20) + 1])));
        assertThat(refused.code()).isEqualTo(Code.PAYLOAD_TOO_LARGE);
        assertThat(refused.unprocessed()).isTrue();
        assertThat(probe.seen()).isEmpty();
    }

    @Test
    void anAnswerOverTheClientsLimitIsAFailure() {
        TransportProbe probe = probe();
        probe.answering(request -> done(new byte[(16 << 20) + 1]));

        Inbound<ResponseHead> answer = await(probe.connection().call(TransportProbe.request(new byte[1])));

        assertThat(answer.head().code()).isEqualTo(Code.PAYLOAD_TOO_LARGE);
    }

    @Test
    void aServerWithAllItsConnectionsRefusesOneMore() {
        transport.close();
        transport = NettyTransport.builder().ioThreads(1).maxConnections(1).build();
        TransportProbe probe = probe();

        RpcException refused = failure(transport.connect(probe.binding().address()));

        assertThat(refused.code()).isEqualTo(Code.CONNECT_FAILED);
        assertThat(refused).hasMessageContaining("at most 1");
        assertThat(probe.echo(new byte[] {1})).containsExactly(1);
    }

    private TransportProbe probe() {
        return new TransportProbe(transport, new Address("127.0.0.1", 0));
    }

    private static CompletionStage<Outbound<ResponseHead>> done(byte[] body) {
        return CompletableFuture.completedFuture(TransportMessage.ok(body));
    }

    private static RpcException failure(CompletionStage<?> stage) {
        return catchThrowableOfType(RpcException.class, () -> await(stage));
    }
}
