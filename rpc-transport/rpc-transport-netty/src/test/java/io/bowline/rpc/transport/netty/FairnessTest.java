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
    void aSmallAnswerOvertakesABigOne() {
        TransportProbe probe = probe();
        byte[] big = new byte[14 << 20];
        probe.answering(request -> done(request.body().remaining() == 1 ? big : new byte[20]));
        List<String> order = new CopyOnWriteArrayList<>();

        CompletionStage<?> slow =
                probe.connection().call(TransportProbe.request(new byte[1])).thenRun(() -> order.add("big"));
        CompletionStage<?> quick =
                probe.connection().call(TransportProbe.request(new byte[2])).thenRun(() -> order.add("small"));

        await(quick);
        await(slow);
        assertThat(order).containsExactly("small", "big");
    }

    @Test
    void aSmallRequestOvertakesABigOne() {
        TransportProbe probe = probe();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        probe.answering(request -> {
            sizes.add(request.body().remaining());
            return done(new byte[0]);
        });

        CompletionStage<?> slow = probe.connection().call(TransportProbe.request(new byte[14 << 20]));
        CompletionStage<?> quick = probe.connection().call(TransportProbe.request(new byte[2]));

        await(quick);
        await(slow);
        assertThat(sizes).containsExactly(2, 14 << 20);
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
