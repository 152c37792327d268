package io.bowline.rpc.client;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import io.bowline.rpc.balance.LoadBalancer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that came before the first provider: it waits for the registry's first answer and for connections under way, as
 * long as its deadline allows, and fails with the whole story otherwise.
 */
final class WaitingCall {
    private WaitingCall() {}

    /** How a call goes on once there is a provider. */
    @FunctionalInterface
    interface Way<T> {
        CompletionStage<T> go(LoadBalancer.Picker picker);
    }

    /** What opens the gate. */
    @FunctionalInterface
    private interface Wait {
        void on(Directory directory, Request request, Consumer<Directory.View> gate);
    }

    static CompletionStage<Response> start(Directory directory, Timer timer, Request request) {
        return start(directory, timer, request, picker -> picker.pick(request).invoke(request));
    }

    static <T> CompletionStage<T> start(Directory directory, Timer timer, Request request, Way<T> way) {
        return start(directory, timer, request, Directory::await, way);
    }

    /** A call to everyone, which also waits for the registries that have not answered yet. */
    static <T> CompletionStage<T> startForAll(Directory directory, Timer timer, Request request, Way<T> way) {
        return start(directory, timer, request, Directory::awaitAll, way);
    }

    private static <T> CompletionStage<T> start(
            Directory directory, Timer timer, Request request, Wait wait, Way<T> way) {
        // Whoever completes the gate first decides: a call that gave up is never sent after all.
        CompletableFuture<Directory.View> gate = new CompletableFuture<>();
        Duration left = Duration.ofNanos(Math.max(0, request.deadline().remainingNanos(timer.nanoTime())));
        Cancellation.Registration alarm = timer.schedule(
                left,
                () -> gate.completeExceptionally(RpcException.unprocessed(
                        Code.DEADLINE_EXCEEDED,
                        request.method() + " waited " + request.deadline() + " for a provider and was not sent; "
                                + directory.explain().getMessage())));
        Cancellation.Registration cancelled = request.cancellation()
                .onCancel(() -> gate.completeExceptionally(RpcException.unprocessed(
                        Code.CANCELLED, request.method() + " was cancelled while it waited for a provider")));
        Consumer<Directory.View> open = gate::complete;
        wait.on(directory, request, open);
        directory.openIdle();
        return gate.whenComplete((view, gaveUp) -> {
                    alarm.close();
                    cancelled.close();
                    directory.forget(open);
                })
                .thenCompose(view -> proceed(directory, view.picker(), way));
    }

    private static <T> CompletionStage<T> proceed(
            Directory directory, LoadBalancer.@Nullable Picker picker, Way<T> way) {
        return picker == null ? CompletableFuture.failedFuture(directory.explain()) : way.go(picker);
    }
}
