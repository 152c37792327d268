package io.bowline.rpc.service;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call whose answer is a stream, and the subscription to it. Its subscriber hears of the subscription on the thread
 * that subscribes, of all else on the client's callback executor, one signal after the other, and of the end once.
 */
final class StreamedCall
        implements Flow.Subscription, Flow.Subscriber<Object>, BiConsumer<@Nullable Response, @Nullable Throwable> {
    private static final Logger log = LoggerFactory.getLogger(StreamedCall.class);

    private final Door door;
    private final Flow.Subscriber<? super Object> subscriber;

    // Written before the call is made.
    private Door.@Nullable Way way;
    private @Nullable Request request;
    private long start;
    private CallContext context = CallContext.NONE;
    private Cancellation.@Nullable Registration inherited;
    private Cancellation.@Nullable Registration alarm;

    /** The time of the whole stream is over. */
    private volatile boolean late;

    /** Nothing more is told. Written with the lock held. */
    private volatile boolean over;

    // Guarded by this.
    private Flow.@Nullable Subscription answer;
    private long asked;

    StreamedCall(Door door, Flow.Subscriber<? super Object> subscriber) {
        this.door = door;
        this.subscriber = subscriber;
    }

    /** There will be no call. */
    void refuse(RuntimeException why) {
        over = true;
        subscriber.onSubscribe(this);
        subscriber.onError(why);
    }

    /** Whether the subscriber, who hears of its subscription, still wants the call. */
    boolean begin() {
        subscriber.onSubscribe(this);
        return !over;
    }

    void begins(
            Door.Way way,
            Request request,
            long start,
            CallContext context,
            Cancellation.@Nullable Registration inherited) {
        this.context = context;
        this.way = way;
        this.request = request;
        this.start = start;
        this.inherited = inherited;
        if (way.wholeStream()) {
            alarm = door.atDeadline(request, () -> {
                late = true;
                request.cancellation().cancel();
            });
        }
    }

    @Override
    public void request(long n) {
        Flow.Subscription answering;
        synchronized (this) {
            answering = answer;
            if (answering == null && n > 0) {
                asked = asked + n < 0 ? Long.MAX_VALUE : asked + n;
                return;
            }
        }
        if (answering != null) {
            answering.request(n);
        } else if (end()) {
            giveUp();
            tell(() -> subscriber.onError(new IllegalArgumentException("request(" + n + ") (expected: at least 1)")));
        }
    }

    @Override
    public void cancel() {
        if (end()) {
            giveUp();
        }
    }

    /** Whether it had not ended before. */
    private boolean end() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
        }
        if (inherited != null) {
            inherited.close();
        }
        if (alarm != null) {
            alarm.close();
        }
        return true;
    }

    private void giveUp() {
        Flow.Subscription answering;
        synchronized (this) {
            answering = answer;
        }
        if (answering != null) {
            answering.cancel();
        }
        if (request != null) {
            request.cancellation().cancel();
        }
    }

    /** The call was answered, or has failed; on any thread. */
    @Override
    public void accept(@Nullable Response response, @Nullable Throwable failure) {
        Object value = response == null ? null : response.value();
        if (response != null && value instanceof Flow.Publisher<?> stream) {
            begin(response, stream);
        } else if (failure != null) {
            tell(() -> onError(failure));
        } else if (value == null) {
            tell(this::onComplete);
        } else {
            tell(() -> onError(RpcException.of(
                    Code.INTERNAL,
                    "a " + value.getClass().getName() + " came for " + door.method()
                            + " (expected: a Flow.Publisher)")));
        }
    }

    /** Who wants the labels has them before the first element, and on no I/O thread. */
    private void begin(Response response, Flow.Publisher<?> stream) {
        if (context.receiver() == null) {
            stream.subscribe(this);
        } else {
            tell(() -> {
                door.received(context, response);
                stream.subscribe(this);
            });
        }
    }

    /** Where no stream does: it has threads of its own. */
    private void tell(Runnable signal) {
        try {
            door.callbacks().execute(signal);
        } catch (RejectedExecutionException full) {
            signal.run();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        long before;
        synchronized (this) {
            before = over || answer != null ? -1 : asked;
            if (before >= 0) {
                answer = subscription;
            }
        }
        if (before < 0) {
            subscription.cancel();
        } else if (before > 0) {
            subscription.request(before);
        }
    }

    @Override
    public void onNext(Object element) {
        if (over) {
            return;
        }
        try {
            if (context == CallContext.NONE) {
                subscriber.onNext(element);
            } else {
                context.run(() -> subscriber.onNext(element));
            }
        } catch (RuntimeException | Error broken) {
            log.error("A subscriber to {} failed; its stream is cancelled", door.method(), broken);
            cancel();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        if (end()) {
            boolean misasked = thrown instanceof IllegalArgumentException; // Failures of calls are RpcExceptions.
            Throwable told = misasked ? thrown : failed(thrown);
            context.run(() -> subscriber.onError(told));
        }
    }

    private Throwable failed(Throwable thrown) {
        Request made = Objects.requireNonNull(request);
        RpcException why = late
                ? RpcException.of(
                        Code.DEADLINE_EXCEEDED,
                        "the stream of " + door.method() + " has not ended within " + made.deadline(),
                        thrown)
                : RpcException.from(thrown);
        return door.failed(Objects.requireNonNull(way), made, start, why);
    }

    @Override
    public void onComplete() {
        if (end()) {
            Request made = Objects.requireNonNull(request);
            if (made.recorded() != null) {
                door.answered(Objects.requireNonNull(way), made, start);
            }
            context.run(subscriber::onComplete);
        }
    }
}
