package io.bowline.rpc.resilience4j;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A call that was let in; true once its guard was told that it has left, which happens once. */
@SuppressWarnings("serial") // An AtomicBoolean to save an object; nobody writes it.
final class Passage extends AtomicBoolean implements BiConsumer<@Nullable Response, @Nullable Throwable>, Runnable {
    private final Guard guard;
    private final long began;

    /** What makes the cancellation forget this call; null before it is known. */
    private volatile Cancellation.@Nullable Registration registration;

    Passage(Guard guard, long began) {
        this.guard = guard;
        this.began = began;
    }

    /** Once nobody waits, a call that never ends must not keep its place. */
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
            guard.left(began, thrown == null ? response : null, thrown == null ? null : RpcException.from(thrown));
        }
    }

    /** The caller no longer wants the answer. */
    @Override
    public void run() {
        if (compareAndSet(false, true)) {
            guard.left(began, null, null);
        }
    }
}
