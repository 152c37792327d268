package io.bowline.rpc.service;

import io.bowline.rpc.RpcMethod;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a method returns whose result is a stream: each subscription makes a call, in the context of the thread that
 * subscribes. Of a method that is not idempotent, only the first does. Thread-safe.
 */
final class StreamedResult implements Flow.Publisher<Object> {
    private final Door door;
    private final @Nullable Object[] arguments;
    private final AtomicBoolean called = new AtomicBoolean();

    StreamedResult(Door door, @Nullable Object[] arguments) {
        this.door = door;
        this.arguments = arguments;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Object> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        RpcMethod method = door.method();
        StreamedCall call = new StreamedCall(door, subscriber);
        if (called.getAndSet(true) && !method.idempotent()) {
            call.refuse(new IllegalStateException("the result of " + method
                    + " was subscribed to before, and the method is not @Idempotent (expected: one subscriber)"));
            return;
        }
        if (call.begin()) {
            door.stream(arguments, call);
        }
    }
}
