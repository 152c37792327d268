package io.bowline.rpc.filter;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.testkit.ManualTimer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An invoker that keeps every call open until the test ends it, and requests for it. */
final class Calls implements Invoker {
    static final RpcMethod METHOD =
            RpcMethod.builder(ServiceName.of("demo.Shop"), "find()").build();

    final ManualTimer timer = new ManualTimer();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Response>> open = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Response> invoke(Request request) {
        requests.add(request);
        CompletableFuture<Response> call = new CompletableFuture<>();
        open.add(call);
        return call;
    }

    Request request(@Nullable Object... arguments) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(3), timer.nanoTime(), "test");
        return new Request(METHOD, arguments, Metadata.EMPTY, deadline, new Cancellation(), "");
    }

    void answer(int call, @Nullable Object value) {
        open.get(call).complete(Response.of(value));
    }

    void fail(int call, RpcException failure) {
        open.get(call).completeExceptionally(failure);
    }

    int count() {
        return requests.size();
    }

    static @Nullable Object value(CompletionStage<Response> call) {
        return call.toCompletableFuture().getNow(Response.of("not yet")).value();
    }

    static RpcException failure(CompletionStage<Response> call) {
        return call.handle((response, thrown) -> RpcException.from(thrown))
                .toCompletableFuture()
                .join();
    }
}
