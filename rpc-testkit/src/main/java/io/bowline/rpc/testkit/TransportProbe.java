package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bowline.rpc.Address;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.MethodId;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.WireInput;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A server that echoes and a client of it, with plain bytes for bodies: the hand tool of transport tests. Thread-safe.
 *
 * <p>It keeps the heads that the server saw; an answer other than the echo is set with {@link #answering}.
 */
public final class TransportProbe {
    /** The one serializer that the server accepts. */
    public static final String SERIALIZER = "raw";

    /** The method that is called. */
    public static final MethodId METHOD =
            new MethodId(ServiceName.of("demo.Echo").withVersion("1"), "echo(byte[])");

    private static final long PATIENCE_SECONDS = 30;

    private final Transport transport;
    private final Binding binding;
    private final Connection connection;
    private final List<RequestHead> seen = new CopyOnWriteArrayList<>();
    private volatile boolean remembering = true;
    private volatile Function<Inbound<RequestHead>, CompletionStage<Outbound<ResponseHead>>> answer =
            request -> CompletableFuture.completedFuture(TransportMessage.ok(bytes(request.body())));

    /** Binds the address and connects to it. */
    public TransportProbe(Transport transport, Address address) {
        this.transport = transport;
        this.binding = await(transport.bind(address, receiver()));
        this.connection = connect();
    }

    /** A receiver that keeps heads and answers as this probe was told. */
    public Receiver receiver() {
        return new Receiver() {
            @Override
            public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
                if (remembering) {
                    seen.add(request.head());
                }
                return answer.apply(request);
            }

            @Override
            public Set<String> serializers() {
                return Set.of(SERIALIZER);
            }
        };
    }

    public Binding binding() {
        return binding;
    }

    public Connection connection() {
        return connection;
    }

    /** One more connection to the server. */
    public Connection connect() {
        return await(transport.connect(binding.address()));
    }

    /** How the server answers from now on, in place of the echo. */
    public void answering(Function<Inbound<RequestHead>, CompletionStage<Outbound<ResponseHead>>> how) {
        answer = how;
    }

    /** Keeps no heads from now on: for tests with many calls. */
    public void forgetful() {
        remembering = false;
    }

    /** The heads that the server saw, in order. */
    public List<RequestHead> seen() {
        return List.copyOf(seen);
    }

    /** A head with this limit and nothing else. */
    public static RequestHead head(Duration limit) {
        return head(limit, new Cancellation(), Metadata.EMPTY, false);
    }

    public static RequestHead head(Duration limit, Cancellation cancellation, Metadata labels, boolean oneWay) {
        Deadline deadline = Deadline.after(limit, System.nanoTime(), "test");
        return new RequestHead(METHOD, SERIALIZER, deadline, cancellation, labels, oneWay, "");
    }

    /** A call with half a minute to go. */
    public static TransportMessage<RequestHead> request(byte[] body) {
        return TransportMessage.of(head(Duration.ofSeconds(PATIENCE_SECONDS)), body);
    }

    /** Calls and waits for the bytes of the answer. */
    public byte[] echo(byte[] body) {
        return bytes(await(connection.call(request(body))).body());
    }

    /** All that is left of an input. */
    public static byte[] bytes(WireInput input) {
        return input.readBytes(input.remaining());
    }

    /** Waits for a stage, half a minute at most; what it failed with is thrown as it is. */
    public static <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> waiting = new CompletableFuture<>();
        stage.whenComplete((value, thrown) -> {
            if (thrown == null) {
                waiting.complete(value);
            } else {
                waiting.completeExceptionally(thrown);
            }
        });
        try {
            return waiting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException bare ? bare : new IllegalStateException(failed);
        } catch (InterruptedException | java.util.concurrent.TimeoutException late) {
            throw new IllegalStateException("no completion within " + PATIENCE_SECONDS + " s", late);
        }
    }

    /** Waits for a stage that fails, and returns what it failed with. */
    static RpcException failure(CompletionStage<?> stage) {
        RpcException failure = catchThrowableOfType(RpcException.class, () -> await(stage));
        assertThat(failure).as("the failure of the stage").isNotNull();
        return failure;
    }

    /** An answer that is there at once. */
    static CompletionStage<Outbound<ResponseHead>> done(Outbound<ResponseHead> answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
