package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.MethodId;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireOutput;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FlakyTransportTest {
    private static final MethodId METHOD = new MethodId(ServiceName.of("demo.Echo"), "echo(byte[])");

    private final AtomicInteger served = new AtomicInteger();
    private final ManualTimer timer = new ManualTimer();
    private final LocalTransport local = new LocalTransport();
    private final FlakyTransport flaky = FlakyTransport.over(local, timer);
    private final Cancellation cancellation = new Cancellation();
    private Address address;
    private Connection connection;

    @BeforeEach
    void connect() {
        Binding binding = flaky.bind(new Address("flaky", 0), new Echo())
                .toCompletableFuture()
                .join();
        address = binding.address();
        connection = flaky.connect(address).toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        flaky.close();
    }

    @Test
    void passesOnWhatIsNotStruck() {
        assertThat(call().join().head().ok()).isTrue();
        assertThat(connection.peer().address()).isEqualTo(address);
        assertThat(flaky.name()).isEqualTo("local");
    }

    @Test
    void failsAsManyConnectsAsTold() {
        flaky.failConnects(2);
        assertThat(failure(flaky.connect(address)).code()).isEqualTo(Code.CONNECT_FAILED);
        assertThat(failure(flaky.connect(address)).unprocessed()).isTrue();
        flaky.connect(address).toCompletableFuture().join();
        assertThat(flaky.connects()).isEqualTo(4);
        assertThat(flaky.connections()).isEqualTo(2);
        flaky.failConnects(FlakyTransport.ALL);
        for (int i = 0; i < 5; i++) {
            assertThat(failure(flaky.connect(address)).code()).isEqualTo(Code.CONNECT_FAILED);
        }
        flaky.heal();
        flaky.connect(address).toCompletableFuture().join();
    }

    @Test
    void refusesCallsUnprocessed() {
        flaky.refuseCalls(1);
        RpcException refused = failure(call());
        assertThat(refused.code()).isEqualTo(Code.OVERLOADED);
        assertThat(refused.unprocessed()).isTrue();
        assertThat(served).hasValue(0);
        call().join();
    }

    @Test
    void endsACallWhoseRequestIsLostWithItsDeadline() {
        flaky.loseRequests(1);
        CompletableFuture<?> lost = call();
        timer.advance(Duration.ofMillis(2_999));
        assertThat(lost).isNotDone();
        timer.advance(Duration.ofMillis(1));
        assertThat(failure(lost).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(served).hasValue(0);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void endsACallWhoseResponseIsLostWithItsCancellation() {
        flaky.loseResponses(1);
        CompletableFuture<?> lost = call();
        call().join();
        assertThat(served).hasValue(2);
        assertThat(lost).isNotDone();
        cancellation.cancel();
        assertThat(failure(lost).code()).isEqualTo(Code.CANCELLED);
    }

    @Test
    void cutsTheConnectionAfterTheServerServedTheCall() {
        flaky.cutCalls(1);
        RpcException cut = failure(call());
        assertThat(cut.code()).isEqualTo(Code.CONNECTION_LOST);
        assertThat(cut.unprocessed()).isFalse();
        assertThat(served).hasValue(1);
        await().until(() -> flaky.connections() == 0);
    }

    @Test
    void cutsAllConnectionsAtOnce() {
        flaky.loseResponses(1);
        CompletableFuture<?> waiting = call();
        flaky.cut();
        assertThat(failure(waiting).code()).isEqualTo(Code.CONNECTION_LOST);
    }

    @Test
    void delaysResponsesByTheTimer() {
        flaky.delayResponses(Duration.ofMillis(100));
        CompletableFuture<Inbound<ResponseHead>> late = call();
        await().until(() -> timer.pending() == 2);
        timer.advance(Duration.ofMillis(99));
        assertThat(late).isNotDone();
        timer.advance(Duration.ofMillis(1));
        assertThat(late.join().head().ok()).isTrue();
    }

    @Test
    void endsADelayedCallWithItsDeadline() {
        flaky.delayResponses(Duration.ofSeconds(10));
        CompletableFuture<?> late = call();
        await().until(() -> timer.pending() == 2);
        timer.advance(Duration.ofSeconds(3));
        assertThat(failure(late).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    }

    private CompletableFuture<Inbound<ResponseHead>> call() {
        return connection.call(new Hello(head())).toCompletableFuture();
    }

    /** The connection under the flaky one goes by the machine's clock, the lost calls by the timer of the test. */
    private RequestHead head() {
        Duration limit = Duration.ofSeconds(3);
        Deadline deadline = Deadline.after(limit, timer.nanoTime(), "test");
        return new RequestHead(METHOD, "raw", deadline, cancellation, Metadata.EMPTY, false, "");
    }

    private static RpcException failure(CompletionStage<?> stage) {
        try {
            Object value = stage.toCompletableFuture().join();
            throw new AssertionError("succeeded with " + value);
        } catch (CompletionException failed) {
            return RpcException.from(failed);
        }
    }

    private record Hello(RequestHead head) implements Outbound<RequestHead> {
        @Override
        public void writeTo(WireOutput body) {
            body.writeString("hello");
        }
    }

    private record Answer(ResponseHead head, String text) implements Outbound<ResponseHead> {
        @Override
        public void writeTo(WireOutput body) {
            body.writeString(text);
        }
    }

    private final class Echo implements Receiver {
        @Override
        public CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request) {
            served.incrementAndGet();
            return CompletableFuture.completedStage(
                    new Answer(ResponseHead.OK, request.body().readString()));
        }

        @Override
        public Set<String> serializers() {
            return Set.of("raw");
        }
    }
}
