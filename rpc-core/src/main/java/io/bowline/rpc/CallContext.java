package io.bowline.rpc;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a service method, or a caller, may know of the call it is in. It stands at the user's door only: the engine
 * carries everything in the {@link Request}, and reads this once when a proxy is called and sets it once around a
 * service method. Immutable.
 *
 * <p>A call made from a handler inherits the handler's deadline and cancellation through the thread's context. To carry
 * it to another thread, take {@link #current()} and {@link #run} there.
 *
 * @param metadata on a server, what came with the call; on a client, what is to go with calls made in this context
 * @param deadline the deadline that calls made in this context inherit
 * @param cancellation fires when the caller of this handler no longer wants the answer
 * @param peer who called, as the transport knows it
 */
public record CallContext(
        Metadata metadata,
        @Nullable Deadline deadline,
        @Nullable Cancellation cancellation,
        @Nullable String peer) {

    /** No call. */
    public static final CallContext NONE = new CallContext(Metadata.EMPTY, null, null, null);

    private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

    /** The context of this thread; {@link #NONE} outside any. */
    public static CallContext current() {
        CallContext context = CURRENT.get();
        return context == null ? NONE : context;
    }

    /** A context that sends these labels with the calls made in it and inherits nothing. */
    public static CallContext sending(Metadata metadata) {
        return new CallContext(metadata, null, null, null);
    }

    /** Runs the task in this context, on this thread, and restores the former one. */
    public void run(Runnable task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    /** Runs the task in this context, on this thread, and restores the former one. */
    public <T extends @Nullable Object> T call(Supplier<T> task) {
        CallContext former = CURRENT.get();
        CURRENT.set(this);
        try {
            return task.get();
        } finally {
            if (former == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(former);
            }
        }
    }
}
