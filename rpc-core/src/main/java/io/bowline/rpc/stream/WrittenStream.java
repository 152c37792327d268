package io.bowline.rpc.stream;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.service.Thrown;
import io.bowline.rpc.service.ThrownCodec;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.StreamFailure;
import io.bowline.rpc.wire.Codec;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody publishes, as messages. The publisher is subscribed to, asked and cancelled on threads of an executor, one
 * signal after the other, in a context; where the executor takes no more, the stream fails with {@code OVERLOADED}.
 */
public final class WrittenStream implements Flow.Publisher<Item> {
    private final Flow.Publisher<?> source;
    private final Codec codec;
    private final Function<RpcException, FailureMessage> failures;
    private final Executor executor;
    private final CallContext context;
    private final Runnable whenOver;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * @param codec writes an element
     * @param failures makes a message of a failure
     * @param whenOver runs once, when the stream has ended or nobody wants it
     */
    public WrittenStream(
            Flow.Publisher<?> source,
            Codec codec,
            Function<RpcException, FailureMessage> failures,
            Executor executor,
            CallContext context,
            Runnable whenOver) {
        this.source = source;
        this.codec = codec;
        this.failures = failures;
        this.executor = executor;
        this.context = context;
        this.whenOver = whenOver;
    }

    /** A failure as it travels: with what the codec knows of the exception that somebody threw at a node. */
    public static FailureMessage message(RpcException failure, ThrownCodec codec, String node) {
        Throwable cause = failure.getCause();
        if (failure.code() != Code.APPLICATION || cause == null) {
            return FailureMessage.of(failure);
        }
        Thrown thrown = codec.toWire(cause, node);
        return FailureMessage.of(failure, thrown.failure(), thrown.fields());
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Item> messages) {
        Serving serving = new Serving(messages);
        serving.next(() -> source.subscribe(serving));
    }

    /** Has the publishers hear that nobody wants their elements, whose tasks an executor leaves undone. */
    public static void endThose(List<Runnable> undone) {
        undone.stream().filter(SerialTasks.class::isInstance).forEach(Runnable::run);
    }

    /** The call is over, however it ended; whether it was not before. */
    public boolean over() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            whenOver.run();
        }
        return first;
    }

    private final class Serving implements Flow.Subscriber<Object>, Flow.Subscription {
        private final Flow.Subscriber<? super Item> messages;
        private final SerialTasks tasks = new SerialTasks(executor, this::overloaded);
        private final AtomicLong demand = new AtomicLong();
        private volatile Flow.@Nullable Subscription service;

        Serving(Flow.Subscriber<? super Item> messages) {
            this.messages = messages;
        }

        void next(Runnable task) {
            tasks.add(() -> {
                try {
                    context.run(task);
                } catch (RuntimeException | Error thrown) {
                    onError(thrown);
                }
            });
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            Objects.requireNonNull(subscription, "subscription");
            if (service != null) {
                subscription.cancel();
                return;
            }
            service = subscription;
            messages.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            demand.accumulateAndGet(n, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
            Flow.Subscription asked = Objects.requireNonNull(service);
            next(() -> {
                if (!over.get()) {
                    asked.request(n);
                }
            });
        }

        @Override
        public void cancel() {
            Flow.Subscription ended = Objects.requireNonNull(service);
            over();
            next(ended::cancel);
        }

        @Override
        public void onNext(Object element) {
            Objects.requireNonNull(element, "element");
            if (demand.getAndDecrement() > 0) {
                Item item = out -> codec.write(element, out);
                messages.onNext(item);
            } else {
                fail(RpcException.of(
                        Code.INTERNAL, "more elements were published than were asked for (Flow.Subscription)"));
            }
        }

        @Override
        public void onError(Throwable thrown) {
            Objects.requireNonNull(thrown, "thrown");
            if (over()) {
                messages.onError(new StreamFailure(failures.apply(RpcException.application(thrown, null))));
            }
        }

        @Override
        public void onComplete() {
            if (over()) {
                messages.onComplete();
            }
        }

        private void overloaded() {
            fail(RpcException.of(Code.OVERLOADED, "no free thread goes on with the stream"));
        }

        /** Ends it for the reader and for the service. */
        private void fail(RpcException why) {
            if (over()) {
                messages.onError(new StreamFailure(FailureMessage.of(why)));
            }
            Flow.Subscription ended = service;
            if (ended != null) {
                ended.cancel();
            }
        }
    }
}
