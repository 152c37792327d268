package io.bowline.rpc.filter;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Providers;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A few providers whose answers a test gives by hand, in the order in which they are asked. */
final class StubProviders implements Providers {
    private final int count;
    private final List<Attempt> attempts = new ArrayList<>();

    record Attempt(Request request, CompletableFuture<Response> answer) {
        void answer(String text) {
            answer.complete(Response.of(text));
        }

        void fail(RpcException failure) {
            answer.completeExceptionally(failure);
        }

        boolean cancelled() {
            return request.cancellation().isCancelled();
        }
    }

    StubProviders(int count) {
        this.count = count;
    }

    static Request request(Timer timer) {
        RpcMethod method = RpcMethod.builder(ServiceName.of("demo.Shop"), "look()")
                .traits(List.of(RpcMethod.Trait.IDEMPOTENT))
                .resultType(String.class)
                .build();
        Deadline deadline = Deadline.after(Duration.ofSeconds(3), timer.nanoTime(), "test");
        return new Request(method, new Object[0], Metadata.EMPTY, deadline, new Cancellation(), "");
    }

    List<Attempt> attempts() {
        return attempts;
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        throw new AssertionError("not asked for one pick");
    }

    @Override
    public CompletionStage<List<Invoker>> each(Request request) {
        Invoker any = apart();
        return CompletableFuture.completedFuture(Collections.nCopies(count, any));
    }

    @Override
    public Invoker apart() {
        int before = attempts.size();
        return request -> {
            if (attempts.size() - before == count) {
                return CompletableFuture.failedFuture(
                        RpcException.unprocessed(Code.NO_USABLE_PROVIDER, "no other is left"));
            }
            Attempt attempt = new Attempt(request, new CompletableFuture<>());
            attempts.add(attempt);
            request.cancellation().onCancel(() -> attempt.fail(RpcException.of(Code.CANCELLED, "cancelled")));
            return attempt.answer();
        };
    }
}
