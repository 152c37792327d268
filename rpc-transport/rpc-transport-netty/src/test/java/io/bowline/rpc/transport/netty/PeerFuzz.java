package io.bowline.rpc.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bowline.rpc.testkit.TransportMessage;
import io.bowline.rpc.testkit.TransportProbe;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.LoggerFactory;

/** Gives a whole side of the protocol any bytes behind a good HELLO; nothing may be thrown and nothing be called a defect. */
final class PeerFuzz {
    private static final Receiver ECHO = new Receiver() {
        @Override
        public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
            return CompletableFuture.completedFuture(
                    TransportMessage.ok(request.body().readBytes(request.body().remaining())));
        }

        @Override
        public Set<String> serializers() {
            return Set.of(TransportProbe.SERIALIZER);
        }
    };

    private PeerFuzz() {}

    static void server(byte[] bytes) {
        EmbeddedPeer server = EmbeddedPeer.agreedServer(ECHO);
        server.give(ProtocolPage.frame("bind"));
        watch(server, bytes);
    }

    static void client(byte[] bytes) {
        EmbeddedPeer client = EmbeddedPeer.agreedClient();
        for (int i = 0; i < 3; i++) {
            var unused = client.connection().call(TransportProbe.request(new byte[] {1}));
        }
        client.take();
        watch(client, bytes);
    }

    private static void watch(EmbeddedPeer peer, byte[] bytes) {
        Logger logger = (Logger) LoggerFactory.getLogger(NettyTransport.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            peer.give(bytes);
            peer.take();
            assertThat(lines.list).noneMatch(line -> line.getLevel() == Level.ERROR);
        } finally {
            logger.detachAppender(lines);
            peer.finish();
        }
    }
}
