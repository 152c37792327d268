package io.bowline.rpc.server;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.service.SerialTasks;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.StreamFailure;
import io.bowline.rpc.wire.Codec;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a service publishes, as messages. The service's publisher is subscribed to, asked and cancelled on the handlers'
 * threads, one after the other.
 */
final class ServedStream implements Flow.Publisher<Item> {
    private final Flow.Publisher<?> source;
    private final Codec codec;
    private final Function<RpcException, FailureMessage> failures;
    private final SerialTasks tasks;
    private final Runnable whenOver;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param whenOver runs once, when the stream has ended or nobody wants it */
    ServedStream(
            Flow.Publisher<?> source,
            Codec codec,
            Function<RpcException, FailureMessage> failures,
            Executor executor,
            Runnable whenOver) {
        this.source = source;
        this.codec = codec;
        this.failures = failures;
        this.whenOver = whenOver;
        tasks = new SerialTasks(executor);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Item> messages) {
        Serving serving = new Serving(messages);
        tasks.add(() -> {
            try {
                source.subscribe(serving);
            } catch (RuntimeException | Error thrown) {
                serving.onError(thrown);
            }
        });
    }

    /** The call is over, however it ended. */
    void over() {
        if (over.compareAndSet(false, true)) {
            whenOver.run();
        }
    }

    private final class Serving implements Flow.Subscriber<Object>, Flow.Subscription {
        private final Flow.Subscriber<? super Item> messages;
        private Flow.@Nullable Subscription service;

        Serving(Flow.Subscriber<? super Item> messages) {
            this.messages = messages;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            if (service != null) {
                subscription.cancel();
                return;
            }
            service = subscription;
            messages.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            Flow.Subscription asked = Objects.requireNonNull(service);
            tasks.add(() -> asked.request(n));
        }

        @Override
        public void cancel() {
            Flow.Subscription ended = Objects.requireNonNull(service);
            tasks.add(ended::cancel);
            over();
        }

        @Override
        public void onNext(Object element) {
            Objects.requireNonNull(element, "element");
            Item item = out -> codec.write(element, out);
            messages.onNext(item);
        }

        @Override
        public void onError(Throwable thrown) {
            over();
            RpcException failure = RpcException.application(thrown, null);
            messages.onError(new StreamFailure(failures.apply(failure)));
        }

        @Override
        public void onComplete() {
            over();
            messages.onComplete();
        }
    }
}
