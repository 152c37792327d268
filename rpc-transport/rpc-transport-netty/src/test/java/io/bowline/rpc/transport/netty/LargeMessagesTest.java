package io.bowline.rpc.transport.netty;

import static io.bowline.rpc.transport.netty.ProtocolPage.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.testkit.TransportMessage;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Large messages are sent as far as the receiver has taken them, so that what is small need not wait behind them. */
class LargeMessagesTest {
    private static final int LARGE = 4 << 20;
    private static final int CREDIT = 128 << 10;

    private final byte[] body = new byte[LARGE];
    private final RequestHead head = EmbeddedStream.head();
    private final CompletableFuture<byte[]> received = new CompletableFuture<>();
    private final EmbeddedPeer server = EmbeddedPeer.server(new Receiver() {
        @Override
        public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
            received.complete(request.body().readBytes(request.body().remaining()));
            return CompletableFuture.completedFuture(TransportMessage.ok(body));
        }

        @Override
        public Set<String> serializers() {
            return Set.of("json", "protostuff");
        }
    });

    LargeMessagesTest() {
        new Random(7).nextBytes(body);
    }

    /** How many bytes of a body the frames carry, about, that are sent as long as nothing comes. */
    private static int sent(EmbeddedPeer peer) {
        int sum = 0;
        for (byte[] some = peer.take(); some.length > 0; some = peer.take()) {
            sum += EmbeddedStream.frames(some).stream()
                    .filter(each ->
                            each[3] == Frames.REQUEST || each[3] == Frames.RESPONSE || each[3] == Frames.CONTINUE)
                    .mapToInt(each -> each.length - Frames.HEADER)
                    .sum();
        }
        return sum;
    }

    private static EmbeddedPeer client(byte[] hello) {
        EmbeddedPeer client = EmbeddedPeer.client();
        client.take();
        client.give(frame("preface"));
        client.give(hello);
        return client;
    }

    @Test
    void aLargeMessageWaitsForCredit() {
        EmbeddedPeer client = client(frame("hello-server"));
        CompletionStage<Inbound<ResponseHead>> call = client.connection().call(TransportMessage.of(head, body));
        assertThat(sent(client)).isBetween(Outbox.WINDOW_ALONE, Outbox.WINDOW_ALONE + 20);
        for (int credits = 0; credits < 3; credits++) {
            client.give(frame("credit-message"));
            assertThat(sent(client)).isEqualTo(CREDIT);
        }
        assertThat(call.toCompletableFuture()).isNotDone();
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void besideSmallMessagesLessOfItIsOnItsWay() {
        EmbeddedPeer client = client(frame("hello-server"));
        client.connection().call(TransportMessage.of(head, body));
        client.connection().call(TransportMessage.of(head, new byte[1]));
        assertThat(sent(client)).isBetween(Outbox.WINDOW, Outbox.WINDOW + (70 << 10));
    }

    @Test
    void whoWaitsForCreditCanBeCancelled() {
        EmbeddedPeer client = client(frame("hello-server"));
        CompletionStage<Inbound<ResponseHead>> call = client.connection().call(TransportMessage.of(head, body));
        assertThat(sent(client)).isPositive();
        head.cancellation().cancel();
        assertThat(client.take()).isEqualTo(frame("cancel"));
        assertThat(call.toCompletableFuture()).isCompletedExceptionally();
        client.give(frame("credit-message"));
        assertThat(client.take()).isEmpty();
    }

    @Test
    void aPeerOfVersionOneZeroGivesNoCredit() {
        byte[] hello = frame("hello-server");
        hello[9] = 0;
        EmbeddedPeer client = client(hello);
        client.connection().call(TransportMessage.of(head, body));
        assertThat(sent(client)).isGreaterThan(LARGE);
    }

    /** It would not read the credit. */
    @Test
    void aServerThatHasStoppedReadingHoldsNothingBack() {
        int most = 4 << 20;
        EmbeddedPeer full = EmbeddedPeer.server(
                new Receiver() {
                    @Override
                    public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
                        byte[] answer = new byte[request.body().remaining() == 1 ? 1 : 1 << 20];
                        return CompletableFuture.completedFuture(TransportMessage.ok(answer));
                    }

                    @Override
                    public Set<String> serializers() {
                        return Set.of("json");
                    }
                },
                EmbeddedStream.options(64 << 10));
        EmbeddedPeer client = EmbeddedPeer.client();
        full.give(client.take());
        client.give(full.take());
        for (int i = 0; i < 4; i++) {
            client.connection().call(TransportMessage.of(head, new byte[2]));
        }
        client.connection().call(TransportMessage.of(head, new byte[1]));
        full.give(client.take());
        assertThat(sent(full)).isGreaterThan(most - most / 2 - 4 * Outbox.WINDOW);
    }

    @Test
    void requestsAndResponsesArriveAsTheyWere() {
        EmbeddedPeer client = EmbeddedPeer.client();
        server.give(client.take());
        client.give(server.take());
        CompletableFuture<Inbound<ResponseHead>> call =
                client.connection().call(TransportMessage.of(head, body)).toCompletableFuture();
        int most = 0;
        byte[] there;
        byte[] back;
        do {
            there = client.take();
            server.give(there);
            back = server.take();
            client.give(back);
            most = Math.max(most, Math.max(there.length, back.length));
        } while (there.length + back.length > 0);
        assertThat(Arrays.equals(received.join(), body)).isTrue();
        assertThat(Arrays.equals(call.join().body().readBytes(LARGE), body)).isTrue();
        assertThat(most).as("bytes on their way").isLessThan(Outbox.WINDOW_ALONE + (16 << 10));
    }
}
