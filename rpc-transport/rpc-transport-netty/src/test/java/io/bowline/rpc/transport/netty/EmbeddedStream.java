package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.testkit.ByteSource;
import io.bowline.rpc.testkit.StreamProbe;
import io.bowline.rpc.testkit.TransportMessage;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.MethodId;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A client and a server without a network, and one call between them whose answer is a stream, driven by hand. */
final class EmbeddedStream {
    static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

    private static final MethodId METHOD =
            new MethodId(ServiceName.of("demo.Greeter").withVersion("1"), "hello(java.lang.String)");
    private static final Duration FOREVER = Duration.ofDays(90_000);

    final ByteSource source = new ByteSource();
    final ByteSource upload = new ByteSource();

    /** The server's reader of the upload. */
    final StreamProbe uploaded = new StreamProbe(head());

    final List<RequestHead> received = new ArrayList<>();
    final CompletableFuture<Outbound<ResponseHead>> answer = new CompletableFuture<>();
    final StreamProbe call = new StreamProbe(head(), upload, HELLO);
    final EmbeddedPeer client;
    final EmbeddedPeer server;

    private final Receiver receiver = new Receiver() {
        @Override
        public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
            received.add(request.head());
            if (request.stream() != null) {
                request.stream().subscribe(uploaded);
            }
            return answer;
        }

        @Override
        public Set<String> serializers() {
            return Set.of("protostuff", "json");
        }
    };

    /** Both with these options; they have said HELLO. */
    EmbeddedStream(NettyOptions options) {
        client = EmbeddedPeer.client(options);
        server = EmbeddedPeer.server(receiver, options);
        server.give(client.take());
        client.give(server.take());
    }

    EmbeddedStream() {
        this(NettyOptions.DEFAULT);
    }

    /** With frames of this size. */
    static NettyOptions options(int fragment) {
        NettyOptions usual = NettyOptions.DEFAULT;
        return new NettyOptions(
                usual.io(),
                usual.ioThreads(),
                usual.connectTimeout(),
                usual.handshakeTimeout(),
                usual.pingInterval(),
                new NettyLimits(10, 16, 512, fragment, 1 << 20, 4 << 20),
                usual.compression(),
                null);
    }

    /** Of a call without a deadline. */
    static RequestHead head() {
        return new RequestHead(
                METHOD,
                "json",
                Deadline.after(FOREVER, System.nanoTime(), "test"),
                new Cancellation(),
                Metadata.EMPTY,
                false,
                "");
    }

    /** The client sends the call, and nobody has read it yet. */
    EmbeddedStream send() {
        client.connection().send(call);
        return this;
    }

    /** The server's engine answers with the stream. */
    EmbeddedStream answer() {
        answer.complete(TransportMessage.streaming(source));
        return this;
    }

    /** Carries what each side has sent to the other until there is nothing more. */
    EmbeddedStream carry() {
        byte[] there;
        byte[] back;
        do {
            there = client.take();
            server.give(there);
            back = server.take();
            client.give(back);
        } while (there.length + back.length > 0);
        return this;
    }

    int clientCalls() {
        CompletableFuture<Integer> count =
                ((ClientConnection) client.connection()).inFlight().toCompletableFuture();
        client.take();
        return count.join();
    }

    /** The frames of some bytes. */
    static List<byte[]> frames(byte[] bytes) {
        List<byte[]> frames = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int end = at + Frames.HEADER + Frames.length(bytes, at);
            frames.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return frames;
    }

    /** A server's engine that no request should reach. */
    static final class Unasked implements Receiver {
        @Override
        public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
            throw new AssertionError("a request came through: " + request.head());
        }

        @Override
        public Set<String> serializers() {
            return Set.of("json");
        }
    }
}
