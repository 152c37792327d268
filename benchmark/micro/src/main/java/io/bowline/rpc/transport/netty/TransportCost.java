package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.MethodId;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.OutboundCall;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Both ends of a connection on one thread, with nothing between them: frames, mailbox, outbox, pending calls and
 * admission by a receiver that has its answer ready. What is left out is the socket and every change of thread.
 */
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp
@Fork(jvmArgsAppend = {IoThreads.CUSTOM, IoThreads.CLASS})
@State(Scope.Thread)
public class TransportCost {
    static final int BATCH = 64;

    /** Bytes of the body, each way: those of existUser, getUser and listUser, about. */
    @Param({"25", "200", "3000"})
    public int body;

    private EmbeddedChannel client;
    private EmbeddedChannel server;
    private Connection connection;
    private RequestHead head;
    private byte[] bytes;

    /** A call whose body is there already, and who looks at no more of the answer than its size. */
    private static final class Call implements OutboundCall {
        private final RequestHead head;
        private final byte[] bytes;
        private int answer = -1;

        Call(RequestHead head, byte[] bytes) {
            this.head = head;
            this.bytes = bytes;
        }

        @Override
        public RequestHead head() {
            return head;
        }

        @Override
        public void writeTo(WireOutput out) {
            out.write(bytes);
        }

        @Override
        public void answered(ResponseHead head, WireInput body) {
            answer = body.remaining();
        }

        @Override
        public void failed(RpcException why) {
            throw why;
        }

        int answer() {
            if (answer != bytes.length) {
                throw new IllegalStateException("an answer of " + answer + " bytes (expected: " + bytes.length + ")");
            }
            return answer;
        }
    }

    private static final class Answer implements Outbound<ResponseHead> {
        private final byte[] bytes;

        Answer(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public ResponseHead head() {
            return ResponseHead.OK;
        }

        @Override
        public void writeTo(WireOutput out) {
            out.write(bytes);
        }
    }

    private record Answering(CompletionStage<Outbound<ResponseHead>> answer) implements Receiver {
        @Override
        public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
            return answer;
        }

        @Override
        public Set<String> serializers() {
            return Set.of("bytes");
        }
    }

    @Setup
    public void setUp() {
        CompletableFuture<ClientLink> link = new CompletableFuture<>();
        Receiver receiver = new Answering(CompletableFuture.completedFuture(new Answer(new byte[body])));
        NettyBinding binding = new NettyBinding(receiver, NettyOptions.DEFAULT, null);
        server = new EmbeddedChannel(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                binding.accepted(channel);
            }
        });
        client = new EmbeddedChannel(new ClientInitializer(
                new Address("embedded", 1), NettyOptions.DEFAULT, Duration.ofDays(1), channel -> {}, link));
        exchange();
        exchange();
        connection = link.join().connection().toCompletableFuture().join();
        bytes = new byte[body];
        head = new RequestHead(
                new MethodId(new ServiceName("demo.Users", "", ""), "existUser(java.lang.String)"),
                "bytes",
                Deadline.after(Duration.ofDays(1), Timer.system().nanoTime(), "benchmark"),
                new Cancellation(),
                Metadata.EMPTY,
                false,
                "");
    }

    @TearDown
    public void tearDown() {
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    /** One call at a time. */
    @Benchmark
    public Object alone() {
        Call call = new Call(head, bytes);
        connection.send(call);
        exchange();
        return call.answer();
    }

    /** Calls that travel together. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object together() {
        Call[] calls = new Call[BATCH];
        for (int i = 0; i < BATCH; i++) {
            calls[i] = new Call(head, bytes);
            connection.send(calls[i]);
        }
        exchange();
        for (Call call : calls) {
            call.answer();
        }
        return calls;
    }

    private void exchange() {
        carry(client, server);
        carry(server, client);
    }

    private static void carry(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }
}
