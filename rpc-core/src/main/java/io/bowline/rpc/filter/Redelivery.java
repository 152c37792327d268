package io.bowline.rpc.filter;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.RetryStore.Delivery;
import io.bowline.rpc.filter.RetryStore.StoredCall;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one method that wait for their delivery. All that touches the store, and each new attempt, is done on the
 * thread {@code bowline-failback}; between attempts there is an alarm for each call. Thread-safe.
 */
final class Redelivery {
    private static final Logger log = LoggerFactory.getLogger(Redelivery.class);

    private final FailbackPolicy policy;
    private final CallStrategy.Surroundings around;
    private final Invoker next;

    /** What was last logged; confined to the thread. */
    private boolean givingUp;

    Redelivery(FailbackPolicy policy, CallStrategy.Surroundings around, Invoker next) {
        this.policy = policy;
        this.around = around;
        this.next = next;
    }

    /** Whether a call that failed so may fare better later. */
    static boolean mayHelp(RpcException failure) {
        return switch (failure.code()) {
            case NO_PROVIDER,
                    NO_USABLE_PROVIDER,
                    CONNECT_FAILED,
                    CONNECTION_LOST,
                    DEADLINE_EXCEEDED,
                    OVERLOADED,
                    DRAINING -> true;
            default -> false;
        };
    }

    void takeOver() {
        run(() -> policy.store().claim(around.method().toString()).forEach(this::plan), refused -> {});
    }

    /** Ends once the call is kept, and fails as the call did where it cannot be. */
    CompletionStage<Void> keep(Request request, RpcException failure) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        run(
                () -> {
                    Delivery delivery = new Delivery(UUID.randomUUID().toString(), stored(request), 1);
                    if (policy.store().keep(delivery)) {
                        plan(delivery);
                        kept.complete(null);
                    } else {
                        kept.completeExceptionally(
                                failure.afterAttempts("the store of calls to deliver is full", failure.unprocessed()));
                    }
                },
                refused -> kept.completeExceptionally(failure.afterAttempts(
                        "it could not be kept for later either: " + refused, failure.unprocessed())));
        return kept;
    }

    private StoredCall stored(Request request) {
        WireOutput out = new WireOutput();
        around.arguments().write(request.arguments(), out);
        return new StoredCall(
                request.method().toString(),
                around.serializer(),
                out.toByteArray(),
                request.metadata(),
                request.deadline().limit().toMillis());
    }

    private void plan(Delivery delivery) {
        long half = policy.longestPause(delivery.attempts()).toNanos() / 2;
        Duration pause = Duration.ofNanos(
                half + (half == 0 ? 0 : ThreadLocalRandom.current().nextLong(half)));
        around.timer().schedule(pause, () -> run(() -> deliver(delivery), refused -> plan(delivery)));
    }

    private void deliver(Delivery delivery) {
        Request request = request(delivery.call());
        if (request == null) {
            return;
        }
        if (!around.budget().tryAttempt()) {
            plan(delivery);
            return;
        }
        next.invoke(request)
                .whenComplete(
                        (response, thrown) -> run(() -> ended(delivery, request, thrown), refused -> plan(delivery)));
    }

    private void ended(Delivery before, Request request, @Nullable Throwable thrown) {
        Delivery delivery = before.afterAttempt();
        if (thrown == null) {
            givingUp = false;
            policy.store().forget(delivery.id());
            return;
        }
        RpcException failure = RpcException.from(thrown);
        if (failure.code() == Code.CLOSED) {
            // The client is closed: what is kept is left to the next one.
            return;
        }
        if (mayHelp(failure) && delivery.attempts() < policy.maxAttempts()) {
            policy.store().keep(delivery);
            plan(delivery);
            return;
        }
        policy.store().forget(delivery.id());
        if (!givingUp) {
            givingUp = true;
            log.warn(
                    "{} could not be delivered in {} attempts: {}",
                    request.method(),
                    delivery.attempts(),
                    failure.getMessage());
        }
        try {
            policy.givenUp().accept(request, failure);
        } catch (RuntimeException broken) {
            log.error("Whoever was to hear that a call was given up failed", broken);
        }
    }

    /** Null, and the call stays where it is kept, if another serializer wrote it or its arguments cannot be read. */
    private @Nullable Request request(StoredCall call) {
        try {
            if (!call.serializer().equals(around.serializer())) {
                throw new IllegalStateException(
                        "written by " + call.serializer() + " (expected: " + around.serializer() + ")");
            }
            Object read = around.arguments().read(new WireInput(call.arguments()));
            Deadline deadline = Deadline.after(
                    Duration.ofMillis(call.timeoutMillis()), around.timer().nanoTime(), "failback");
            return new Request(
                    around.method(),
                    read == null ? new Object[0] : (@Nullable Object[]) read,
                    call.labels(),
                    deadline,
                    new Cancellation(),
                    "");
        } catch (RuntimeException unreadable) {
            log.warn("A kept call of {} cannot be delivered, and stays: {}", around.method(), unreadable.toString());
            return null;
        }
    }

    private static void run(Runnable task, Consumer<Throwable> failed) {
        try {
            FailbackThread.execute(() -> {
                try {
                    task.run();
                } catch (Throwable thrown) {
                    failed.accept(thrown);
                }
            });
        } catch (RejectedExecutionException full) {
            failed.accept(full);
        }
    }
}
