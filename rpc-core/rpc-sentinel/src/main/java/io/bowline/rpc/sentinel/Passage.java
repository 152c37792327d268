package io.bowline.rpc.sentinel;

import com.alibaba.csp.sentinel.AsyncEntry;
import com.alibaba.csp.sentinel.Tracer;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A call that has entered its resources; true once it has left them, which happens once. */
@SuppressWarnings("serial") // An AtomicBoolean to save an object; nobody writes it.
final class Passage extends AtomicBoolean implements BiConsumer<@Nullable Response, @Nullable Throwable>, Runnable {
    private final AsyncEntry service;
    private final AsyncEntry method;
    private final @Nullable Object[] arguments;
    private final SentinelFilter filter;

    /** What makes the cancellation forget this call; null before it is known. */
    private volatile Cancellation.@Nullable Registration registration;

    Passage(AsyncEntry service, AsyncEntry method, @Nullable Object[] arguments, SentinelFilter filter) {
        this.service = service;
        this.method = method;
        this.arguments = arguments;
        this.filter = filter;
    }

    /** Once nobody waits, a call that never ends must not stay counted as under way. */
    void endWith(Cancellation cancellation) {
        if (!get()) {
            Cancellation.Registration registered = cancellation.onCancel(this);
            registration = registered;
            if (get()) {
                registered.close();
            }
        }
    }

    @Override
    public void accept(@Nullable Response response, @Nullable Throwable thrown) {
        if (compareAndSet(false, true)) {
            Cancellation.Registration registered = registration;
            if (registered != null) {
                registered.close();
            }
            leave(thrown == null ? null : RpcException.from(thrown));
        }
    }

    /** The caller no longer wants the answer, which is no fault of the provider. */
    @Override
    public void run() {
        if (compareAndSet(false, true)) {
            leave(null);
        }
    }

    private void leave(@Nullable RpcException failure) {
        if (failure != null && filter.fails(failure.code())) {
            Throwable cause = failure.getCause();
            Throwable seen = failure.code() == Code.APPLICATION && cause != null ? cause : failure;
            Tracer.traceEntry(seen, method);
            Tracer.traceEntry(seen, service);
        }
        method.exit(1, arguments);
        service.exit();
    }
}
