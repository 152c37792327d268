package io.bowline.rpc.testkit;

import static io.bowline.rpc.testkit.TransportProbe.await;
import static io.bowline.rpc.testkit.TransportProbe.bytes;
import static io.bowline.rpc.testkit.TransportProbe.done;
import static io.bowline.rpc.testkit.TransportProbe.failure;
import static io.bowline.rpc.testkit.TransportProbe.head;
import static io.bowline.rpc.testkit.TransportProbe.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.IoThread;
import io.bowline.rpc.transport.MethodId;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Transport} does. A new transport is done when a subclass of this, which only says how to make one,
 * is green.
 *
 * <p>Each test has a transport of its own and closes it.
 */
@Timeout(60)
public abstract class TransportContract {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(120);
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

    private Transport transport;
    private TransportProbe probe;

    /** A new transport; closed after the test. */
    protected abstract Transport transport();

    /** An address that the transport can bind and that is free; the port may be 0. */
    protected abstract Address address();

    /** An address where nobody listens. */
    protected abstract Address nobody();

    @BeforeEach
    void open() {
        transport = transport();
        probe = new TransportProbe(transport, address());
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void carriesABodyThereAndBack() {
        assertThat(probe.echo(HELLO)).isEqualTo(HELLO);
    }

    @Test
    void carriesAnEmptyBodyAndNoLabels() {
        assertThat(probe.echo(new byte[0])).isEmpty();

        RequestHead seen = probe.seen().get(0);
        assertThat(seen.metadata()).isEqualTo(Metadata.EMPTY);
        assertThat(seen.oneWay()).isFalse();
        assertThat(seen.serializer()).isEqualTo(TransportProbe.SERIALIZER);
        assertThat(seen.method()).isEqualTo(TransportProbe.METHOD);
        assertThat(seen.peer()).isNotEmpty();
    }

    @Test
    void carriesLabelsBothWays() {
        Metadata labels =
                Metadata.of("trace", "4bf92f35").with("tenant", "müller").with("empty", "");
        probe.answering(request -> done(
                TransportMessage.of(new ResponseHead(null, false, request.head().metadata()), new byte[] {7})));

        Inbound<ResponseHead> answer = await(
                probe.connection().call(TransportMessage.of(head(LONG, new Cancellation(), labels, false), HELLO)));

        assertThat(probe.seen().get(0).metadata()).isEqualTo(labels);
        assertThat(answer.head().metadata()).isEqualTo(labels);
        assertThat(bytes(answer.body())).containsExactly(7);
    }

    @Test
    void carriesABigBodyThereAndBack() {
        byte[] big = new byte[5 << 20];
        new Random(1).nextBytes(big);

        assertThat(probe.echo(big)).isEqualTo(big);
    }

    @Test
    void carriesManyMethodsOnOneConnection() {
        for (int i = 0; i < 100; i++) {
            RequestHead like = head(LONG);
            RequestHead head = new RequestHead(
                    new MethodId(like.method().service(), "m" + i + "()"),
                    like.serializer(),
                    like.deadline(),
                    like.cancellation(),
                    like.metadata(),
                    false,
                    "");
            await(probe.connection().call(TransportMessage.of(head, HELLO)));
            assertThat(probe.seen().get(i).method().method()).isEqualTo("m" + i + "()");
        }
    }

    @Test
    void answersMeetTheirQuestionsInWhateverOrderTheyCome() {
        List<CompletableFuture<Outbound<ResponseHead>>> held = new CopyOnWriteArrayList<>();
        probe.answering(request -> {
            CompletableFuture<Outbound<ResponseHead>> answer = new CompletableFuture<>();
            held.add(answer);
            return answer;
        });
        CompletionStage<Inbound<ResponseHead>> first = probe.connection().call(request(new byte[] {1}));
        CompletionStage<Inbound<ResponseHead>> second = probe.connection().call(request(new byte[] {2}));
        await().until(() -> held.size() == 2);

        held.get(1).complete(TransportMessage.ok(new byte[] {20}));
        assertThat(bytes(await(second).body())).containsExactly(20);
        held.get(0).complete(TransportMessage.ok(new byte[] {10}));
        assertThat(bytes(await(first).body())).containsExactly(10);
    }

    @Test
    void concurrentCallsOfMixedSizesGetTheirOwnAnswers() throws InterruptedException {
        probe.forgetful();
        AtomicInteger right = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            Random random = new Random(caller);
            callers.add(new Thread(() -> {
                for (int call = 0; call < 100; call++) {
                    byte[] body = new byte[call % 25 == 0 ? random.nextInt(300_000) : random.nextInt(300)];
                    random.nextBytes(body);
                    if (Arrays.equals(probe.echo(body), body)) {
                        right.incrementAndGet();
                    }
                }
            }));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(right).hasValue(800);
    }

    @Test
    void oneWayCompletesEmptyAndArrives() {
        RequestHead oneWay = head(LONG, new Cancellation(), Metadata.EMPTY, true);

        Inbound<ResponseHead> done = await(probe.connection().call(TransportMessage.of(oneWay, HELLO)));

        assertThat(done.head().ok()).isTrue();
        assertThat(done.body().remaining()).isZero();
        await().until(() -> probe.seen().size() == 1 && probe.seen().get(0).oneWay());
    }

    @Test
    void carriesAFailureWithItsCodeAndBody() {
        for (boolean unprocessed : new boolean[] {true, false}) {
            ResponseHead failure = new ResponseHead(Code.OVERLOADED, unprocessed, Metadata.of("retry", "no"));
            probe.answering(request -> done(TransportMessage.of(failure, HELLO)));

            Inbound<ResponseHead> answer = await(probe.connection().call(request(HELLO)));

            assertThat(answer.head().code()).isEqualTo(Code.OVERLOADED);
            assertThat(answer.head().unprocessed()).isEqualTo(unprocessed);
            assertThat(answer.head().metadata()).isEqualTo(failure.metadata());
            assertThat(bytes(answer.body())).isEqualTo(HELLO);
        }
    }

    @Test
    void answersWithTheFailureOfAReceiverThatFails() {
        probe.answering(request -> CompletableFuture.failedFuture(new IllegalStateException("broken receiver")));
        assertFailureAnswer(Code.INTERNAL, "broken receiver");

        probe.answering(request -> {
            throw new IllegalStateException("thrown by the receiver");
        });
        assertFailureAnswer(Code.INTERNAL, "thrown by the receiver");
    }

    @Test
    void answersWithTheFailureOfAnAnswerThatCannotBeWritten() {
        RpcException why = RpcException.of(Code.NOT_SERIALIZABLE, "Quote → owner → Thread");
        probe.answering(request -> done(TransportMessage.unwritable(ResponseHead.OK, why)));

        assertFailureAnswer(Code.NOT_SERIALIZABLE, "Quote → owner → Thread");
    }

    private void assertFailureAnswer(Code code, String message) {
        Inbound<ResponseHead> answer = await(probe.connection().call(request(HELLO)));
        assertThat(answer.head().code()).isEqualTo(code);
        assertThat(FailureMessage.read(answer.head(), answer.body()).toException())
                .hasMessageContaining(message);
    }

    @Test
    void givesUpAtTheDeadlineAndNotBeforeAndTellsTheServer() {
        probe.answering(request -> new CompletableFuture<>());
        long start = System.nanoTime();

        RpcException failure = failure(probe.connection().call(TransportMessage.of(head(SHORT), HELLO)));

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(failure.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(failure.unprocessed()).isFalse();
        assertThat(failure)
                .hasMessageContaining("120 ms (test)")
                .hasMessageContaining(probe.connection().peer().address().toString());
        await().until(() -> probe.seen().get(0).cancellation().isCancelled());
    }

    @Test
    void theServerHasNoLessTimeThanTheCallerLeft() {
        AtomicBoolean passed = new AtomicBoolean(true);
        probe.answering(request -> {
            passed.set(request.head().deadline().hasPassed(System.nanoTime()));
            return done(TransportMessage.ok(HELLO));
        });

        await(probe.connection().call(TransportMessage.of(head(Duration.ofSeconds(20)), HELLO)));

        assertThat(passed).isFalse();
        assertThat(probe.seen().get(0).deadline().limit())
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20).plusMillis(1));
    }

    @Test
    void doesNotSendACallWhoseDeadlineHasPassed() {
        RpcException failure = failure(probe.connection().call(TransportMessage.of(head(Duration.ZERO), HELLO)));

        assertThat(failure.code()).isEqualTo(Code.BUDGET_SPENT);
        assertThat(failure.unprocessed()).isTrue();
        assertNothingArrived();
    }

    @Test
    void aCancelledCallEndsAtOnceAndTheServerIsTold() {
        probe.answering(request -> new CompletableFuture<>());
        Cancellation cancellation = new Cancellation();
        CompletionStage<Inbound<ResponseHead>> call =
                probe.connection().call(TransportMessage.of(head(LONG, cancellation, Metadata.EMPTY, false), HELLO));
        await().until(() -> probe.seen().size() == 1);

        cancellation.cancel();

        assertThat(failure(call).code()).isEqualTo(Code.CANCELLED);
        await().until(() -> probe.seen().get(0).cancellation().isCancelled());
    }

    @Test
    void aCallThatWasCancelledBeforeIsNotSent() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        RpcException failure = failure(
                probe.connection().call(TransportMessage.of(head(LONG, cancellation, Metadata.EMPTY, false), HELLO)));

        assertThat(failure.code()).isEqualTo(Code.CANCELLED);
        assertThat(failure.unprocessed()).isTrue();
        assertNothingArrived();
    }

    @Test
    void aCallerThatCancelsTheFutureCancelsTheCall() {
        probe.answering(request -> new CompletableFuture<>());
        CompletionStage<Inbound<ResponseHead>> call = probe.connection().call(request(HELLO));
        await().until(() -> probe.seen().size() == 1);

        call.toCompletableFuture().cancel(true);

        await().until(() -> probe.seen().get(0).cancellation().isCancelled());
    }

    @Test
    void aLateAnswerHarmsNobody() {
        List<CompletableFuture<Outbound<ResponseHead>>> held = new CopyOnWriteArrayList<>();
        probe.answering(request -> {
            CompletableFuture<Outbound<ResponseHead>> answer = new CompletableFuture<>();
            held.add(answer);
            return answer;
        });
        failure(probe.connection().call(TransportMessage.of(head(SHORT), HELLO)));
        held.get(0).complete(TransportMessage.ok(new byte[] {66}));
        probe.answering(request -> done(TransportMessage.ok(bytes(request.body()))));

        for (byte i = 0; i < 20; i++) {
            assertThat(probe.echo(new byte[] {i})).containsExactly(i);
        }
    }

    @Test
    void refusesASerializerThatTheServerDoesNotAccept() {
        RequestHead like = head(LONG);
        RequestHead other =
                new RequestHead(like.method(), "xml", like.deadline(), like.cancellation(), like.metadata(), false, "");

        RpcException failure = failure(probe.connection().call(TransportMessage.of(other, HELLO)));

        assertThat(probe.connection().peer().serializers()).containsExactly(TransportProbe.SERIALIZER);
        assertThat(failure.code()).isEqualTo(Code.SERIALIZER_NOT_ACCEPTED);
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure).hasMessageContaining("xml").hasMessageContaining(TransportProbe.SERIALIZER);
        assertNothingArrived();
    }

    @Test
    void aBodyThatCannotBeWrittenIsNotSent() {
        RpcException why = RpcException.of(Code.NOT_SERIALIZABLE, "Item → lock");

        RpcException failure = failure(probe.connection().call(TransportMessage.unwritable(head(LONG), why)));

        assertThat(failure.code()).isEqualTo(Code.NOT_SERIALIZABLE);
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure).hasMessage(why.getMessage());
        assertNothingArrived();
    }

    @Test
    void refusesAPortThatIsTakenAndNamesIt() {
        Address taken = probe.binding().address();

        RpcException failure = failure(transport.bind(taken, probe.receiver()));

        assertThat(failure.code()).isEqualTo(Code.PORT_IN_USE);
        assertThat(failure).hasMessageContaining(String.valueOf(taken.port()));
    }

    @Test
    void connectingToNobodyFailsAndNamesTheAddress() {
        RpcException failure = failure(transport.connect(nobody()));

        assertThat(failure.code()).isEqualTo(Code.CONNECT_FAILED);
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure).hasMessageContaining(nobody().toString());
    }

    @Test
    void aServerThatClosesFailsTheCallsInFlight() {
        probe.answering(request -> new CompletableFuture<>());
        CompletionStage<Inbound<ResponseHead>> call = probe.connection().call(request(HELLO));
        await().until(() -> probe.seen().size() == 1);

        probe.binding().close();

        RpcException failure = failure(call);
        assertThat(failure.code()).isEqualTo(Code.CONNECTION_LOST);
        assertThat(failure.unprocessed()).isFalse();
        await(probe.connection().closed());
        assertThat(failure(probe.connection().call(request(HELLO))).unprocessed())
                .isTrue();
        await().until(() -> probe.seen().get(0).cancellation().isCancelled());
    }

    @Test
    void aClientThatClosesFailsItsCallsAndTellsTheServer() {
        probe.answering(request -> new CompletableFuture<>());
        CompletionStage<Inbound<ResponseHead>> call = probe.connection().call(request(HELLO));
        await().until(() -> probe.seen().size() == 1);

        probe.connection().close();

        assertThat(failure(call).code()).isEqualTo(Code.CONNECTION_LOST);
        await(probe.connection().closed());
        RpcException refused = failure(probe.connection().call(request(HELLO)));
        assertThat(refused.code()).isEqualTo(Code.CLOSED);
        assertThat(refused.unprocessed()).isTrue();
        await().until(() -> probe.seen().get(0).cancellation().isCancelled());
    }

    @Test
    void aClosedTransportTakesNothingAndLeavesNothing() {
        Connection connection = probe.connection();

        transport.close();

        await(connection.closed());
        assertThat(failure(connection.call(request(HELLO))).unprocessed()).isTrue();
        assertThat(failure(transport.connect(probe.binding().address())).unprocessed())
                .isTrue();
        assertThat(failure(transport.bind(address(), probe.receiver())).code()).isEqualTo(Code.CLOSED);
    }

    @Test
    void drainingLetsCallsInFlightFinishAndTakesNoNewOnes() {
        CompletableFuture<Outbound<ResponseHead>> held = new CompletableFuture<>();
        probe.answering(request -> held);
        CompletionStage<Inbound<ResponseHead>> call = probe.connection().call(request(HELLO));
        await().until(() -> probe.seen().size() == 1);

        CompletionStage<Void> drained = probe.binding().drain(LONG);

        await(probe.connection().draining());
        await().untilAsserted(() -> {
            RpcException refused = failure(probe.connection().call(request(HELLO)));
            assertThat(refused.code()).isEqualTo(Code.DRAINING);
            assertThat(refused.unprocessed()).isTrue();
        });
        assertThat(drained.toCompletableFuture()).isNotDone();
        held.complete(TransportMessage.ok(HELLO));
        assertThat(bytes(await(call).body())).isEqualTo(HELLO);
        await(drained);
        await(probe.connection().closed());
        assertThat(failure(transport.connect(probe.binding().address())).code()).isEqualTo(Code.CONNECT_FAILED);
    }

    @Test
    void drainingUnderLoadFailsNoCallThatItDoesNotDeclareUnprocessed() throws InterruptedException {
        probe.forgetful();
        AtomicInteger answered = new AtomicInteger();
        List<RpcException> failures = new CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Connection connection = probe.connect();
            callers.add(new Thread(() -> {
                while (true) {
                    try {
                        await(connection.call(request(HELLO)));
                        answered.incrementAndGet();
                    } catch (RpcException failed) {
                        failures.add(failed);
                        return;
                    }
                }
            }));
        }
        callers.forEach(Thread::start);
        await().until(() -> answered.get() > 100);

        await(probe.binding().drain(LONG));

        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(failures).hasSize(4).allMatch(RpcException::unprocessed);
    }

    @Test
    void drainingCutsOffWhatIsLeftAfterTheGrace() {
        probe.answering(request -> new CompletableFuture<>());
        CompletionStage<Inbound<ResponseHead>> call = probe.connection().call(request(HELLO));
        await().until(() -> probe.seen().size() == 1);

        await(probe.binding().drain(SHORT));

        assertThat(failure(call).code()).isEqualTo(Code.CONNECTION_LOST);
    }

    @Test
    void receivesAndCompletesOnIoThreads() {
        AtomicBoolean received = new AtomicBoolean();
        CompletableFuture<Outbound<ResponseHead>> held = new CompletableFuture<>();
        probe.answering(request -> {
            received.set(IoThread.isCurrent());
            return held;
        });
        CompletionStage<Boolean> completed =
                probe.connection().call(request(HELLO)).thenApply(answer -> IoThread.isCurrent());
        held.complete(TransportMessage.ok(HELLO));

        assertThat(await(completed)).isTrue();
        assertThat(received).isTrue();
    }

    /** What came before has surely been handled when a later call has its answer. */
    private void assertNothingArrived() {
        assertThat(probe.echo(HELLO)).isEqualTo(HELLO);
        assertThat(probe.seen()).hasSize(1);
    }
}
