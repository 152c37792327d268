package io.bowline.rpc.testkit;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Inbound;
import io.bowline.rpc.transport.Outbound;
import io.bowline.rpc.transport.OutboundCall;
import io.bowline.rpc.transport.Peer;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A connection around a good one that puts the faults between. It keeps the contract of {@link Connection}: a call that
 * it swallowed still ends with its deadline, its cancellation or the connection.
 */
final class FlakyConnection implements Connection {
    private final Connection connection;
    private final FlakyFaults faults;
    private final Timer timer;

    FlakyConnection(Connection connection, FlakyFaults faults, Timer timer) {
        this.connection = connection;
        this.faults = faults;
        this.timer = timer;
    }

    /** A call with a stream is refused, or let through as it is. */
    @Override
    public boolean streams() {
        return connection.streams();
    }

    @Override
    public void send(OutboundCall call) {
        if (call.streamed()) {
            if (FlakyFaults.strikes(faults.refuse())) {
                call.failed(refusal());
            } else {
                connection.send(call);
            }
            return;
        }
        answer(call).whenComplete((response, failure) -> {
            if (failure == null) {
                call.answered(response.head(), response.body());
            } else {
                call.failed(RpcException.from(failure));
            }
        });
    }

    private CompletionStage<Inbound<ResponseHead>> answer(Outbound<RequestHead> request) {
        if (FlakyFaults.strikes(faults.refuse())) {
            return CompletableFuture.failedStage(refusal());
        }
        if (FlakyFaults.strikes(faults.loseRequest())) {
            return lost(request);
        }
        CompletionStage<Inbound<ResponseHead>> answer = connection.call(request);
        if (request.head().oneWay()) {
            return answer;
        }
        if (FlakyFaults.strikes(faults.loseResponse())) {
            return unanswered(request.head());
        }
        if (FlakyFaults.strikes(faults.cut())) {
            CompletableFuture<Inbound<ResponseHead>> cut = unanswered(request.head());
            answer.whenComplete((response, failure) -> connection.close());
            return cut;
        }
        Duration delay = faults.delay().get();
        return delay.isZero() ? answer : delayed(request.head(), answer, delay);
    }

    private RpcException refusal() {
        return RpcException.unprocessed(Code.OVERLOADED, peer().address() + " refuses: a FlakyTransport was told to");
    }

    private CompletionStage<Inbound<ResponseHead>> lost(Outbound<RequestHead> request) {
        try {
            request.writeTo(new WireOutput());
        } catch (RuntimeException unwritable) {
            return CompletableFuture.failedStage(RpcException.from(unwritable).asUnprocessed());
        }
        return request.head().oneWay()
                ? CompletableFuture.completedStage(new Inbound<>(ResponseHead.OK, new WireInput(new byte[0])))
                : unanswered(request.head());
    }

    private CompletionStage<Inbound<ResponseHead>> delayed(
            RequestHead head, CompletionStage<Inbound<ResponseHead>> answer, Duration delay) {
        CompletableFuture<Inbound<ResponseHead>> late = unanswered(head);
        answer.whenComplete((response, failure) -> timer.schedule(delay, () -> {
            if (failure == null) {
                late.complete(response);
            } else {
                late.completeExceptionally(RpcException.from(failure));
            }
        }));
        return late;
    }

    /** An answer that nobody gives: it ends as the contract of a connection says, or is completed by the caller. */
    private CompletableFuture<Inbound<ResponseHead>> unanswered(RequestHead head) {
        CompletableFuture<Inbound<ResponseHead>> answer = new CompletableFuture<>();
        Duration left = Duration.ofNanos(Math.max(0, head.deadline().remainingNanos(timer.nanoTime())));
        Cancellation.Registration alarm =
                timer.schedule(left, () -> fail(answer, Code.DEADLINE_EXCEEDED, "the limit is " + head.deadline()));
        Cancellation.Registration cancelled =
                head.cancellation().onCancel(() -> fail(answer, Code.CANCELLED, "the caller cancelled the call"));
        connection.closed().thenRun(() -> fail(answer, Code.CONNECTION_LOST, "the connection ended"));
        CompletionStage<?> ended = answer;
        ended.whenComplete((response, failure) -> {
            alarm.close();
            cancelled.close();
        });
        return answer;
    }

    private void fail(CompletableFuture<?> answer, Code code, String why) {
        answer.completeExceptionally(RpcException.of(code, peer().address() + " did not answer: " + why));
    }

    @Override
    public Peer peer() {
        return connection.peer();
    }

    @Override
    public CompletionStage<Void> draining() {
        return connection.draining();
    }

    @Override
    public CompletionStage<Void> closed() {
        return connection.closed();
    }

    @Override
    public void close() {
        connection.close();
    }
}
