package io.bowline.rpc.transport;

import io.bowline.rpc.Address;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One call of the local transport: what its caller waits for, and what may end it early. The I/O thread's. */
final class LocalCall {
    /** No deadline beyond this is armed: it could not pass while the process lives, and sums stay in range. */
    private static final long FOREVER = Duration.ofDays(10_000).toNanos();

    final CompletableFuture<Inbound<ResponseHead>> result = new CompletableFuture<>();

    private final RequestHead head;
    private final byte[] body;
    private final Cancellation server = new Cancellation();
    private @Nullable Future<?> alarm;
    private Cancellation.@Nullable Registration registration;
    private boolean answered;

    /** The answer's stream, once there is one. */
    private @Nullable LocalStream stream;

    private boolean firstElement;

    /** The request's stream; null if the call has none, neither its own nor that of its answer. */
    private final @Nullable LocalStream upload;

    /** A call without streams. */
    LocalCall(RequestHead head, byte[] body) {
        this(head, body, null);
    }

    LocalCall(RequestHead head, byte[] body, @Nullable LocalStream upload) {
        this.head = head;
        this.body = body;
        this.upload = upload;
    }

    /** What the caller sees. */
    CompletionStage<Inbound<ResponseHead>> stage() {
        return result;
    }

    /** Watches deadline and cancellation; false when the call ended meanwhile and is not to be delivered. */
    boolean arm(Address address) {
        long remaining = head.deadline().remainingNanos(System.nanoTime());
        if (remaining <= 0) {
            result.completeExceptionally(timedOut(address).asUnprocessed());
        } else if (remaining < FOREVER) {
            alarm = LocalIo.schedule(Duration.ofNanos(remaining), () -> fail(timedOut(address)));
        }
        registration = head.cancellation().onCancel(() -> LocalIo.execute(() -> cancel(address)));
        if (head.cancellation().isCancelled()) {
            cancelUnsent(address);
        }
        return !result.isDone();
    }

    private RpcException timedOut(Address address) {
        return RpcException.of(
                Code.DEADLINE_EXCEEDED, "no answer from " + address + " within " + head.deadline() + "; " + method());
    }

    private void cancel(Address address) {
        fail(RpcException.of(Code.CANCELLED, "the caller cancelled the call to " + address + "; " + method()));
    }

    private void cancelUnsent(Address address) {
        result.completeExceptionally(RpcException.unprocessed(
                Code.CANCELLED, "the caller cancelled before the call to " + address + " was sent; " + method()));
    }

    private String method() {
        return head.method().toString();
    }

    /** The request as the server sees it. */
    Inbound<RequestHead> received() {
        long now = System.nanoTime();
        Duration rest = Duration.ofNanos(Math.max(0, head.deadline().remainingNanos(now)));
        RequestHead seen = new RequestHead(
                head.method(),
                head.serializer(),
                Deadline.after(rest, now, "caller"),
                server,
                head.metadata(),
                head.oneWay(),
                "local");
        if (head.oneWay()) {
            answered = true;
            result.complete(new Inbound<>(ResponseHead.OK, new WireInput(new byte[0])));
        }
        return new Inbound<>(seen, new WireInput(body), upload);
    }

    /** Ends the call, or the stream that followed its answer. */
    void fail(RpcException why) {
        if (upload != null) {
            upload.fail(why);
        }
        if (!result.completeExceptionally(why) && stream != null) {
            stream.fail(why);
        }
    }

    /** An answer whose stream follows; the call lasts until that has ended. */
    void complete(Inbound<ResponseHead> answer, LocalStream stream) {
        answered = true;
        this.stream = stream;
        if (!result.complete(answer)) {
            stream.fail(null);
        }
    }

    @Nullable
    LocalStream stream() {
        return stream;
    }

    /** The deadline has been kept. */
    void firstElement() {
        if (!firstElement && alarm != null) {
            alarm.cancel(false);
        }
        firstElement = true;
    }

    void abandonedAtServer() {
        server.cancel();
    }

    void complete(Inbound<ResponseHead> answer) {
        answered = true;
        result.complete(answer);
    }

    /** After the call ended, however it did: the server is told unless it was the server that ended it. */
    void disarm() {
        if (alarm != null) {
            alarm.cancel(false);
        }
        if (registration != null) {
            registration.close();
        }
        if (upload != null) {
            upload.fail(RpcException.of(Code.CANCELLED, "the call has ended; " + method()));
        }
        if (!answered) {
            answered = true;
            server.cancel();
        }
    }
}
