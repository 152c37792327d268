package io.bowline.rpc.service;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One call whose answer is a stream, and the subscription to it. Its subscriber is signalled on the client's callback
 * executor, one signal after the other, and hears of the end once.
 */
final class StreamedCall
        implements Flow.Subscription, Flow.Subscriber<Object>, BiConsumer<@Nullable Response, @Nullable Throwable> {
    private final Door door;
    private final Flow.Subscriber<? super Object> subscriber;
    private final SerialTasks tasks;
    private volatile boolean over;

    // Written before the call is made.
    private Door.@Nullable Way way;
    private @Nullable Request request;
    private long start;
    private Cancellation.@Nullable Registration inherited;

    // Of the tasks.
    private Flow.@Nullable Subscription upstream;
    private long asked;

    StreamedCall(Door door, Flow.Subscriber<? super Object> subscriber) {
        this.door = door;
        this.subscriber = subscriber;
        tasks = new SerialTasks(door.callbacks());
    }

    void refuse(RuntimeException why) {
        tasks.add(() -> {
            subscriber.onSubscribe(this);
            fail(why);
        });
    }

    void begin() {
        tasks.add(() -> subscriber.onSubscribe(this));
    }

    void begins(Door.Way way, Request request, long start, Cancellation.@Nullable Registration inherited) {
        this.way = way;
        this.request = request;
        this.start = start;
        this.inherited = inherited;
    }

    @Override
    public void request(long n) {
        tasks.add(() -> {
            if (over) {
                return;
            }
            if (n <= 0) {
                fail(new IllegalArgumentException("request(" + n + ") (expected: at least 1)"));
                giveUp();
            } else if (upstream == null) {
                asked = asked + n < 0 ? Long.MAX_VALUE : asked + n;
            } else {
                upstream.request(n);
            }
        });
    }

    @Override
    public void cancel() {
        if (over) {
            return;
        }
        over = true;
        tasks.add(this::giveUp);
    }

    private void giveUp() {
        if (inherited != null) {
            inherited.close();
        }
        if (upstream != null) {
            upstream.cancel();
        }
        if (request != null) {
            request.cancellation().cancel();
        }
    }

    /** The call was answered, or has failed. */
    @Override
    public void accept(@Nullable Response response, @Nullable Throwable failure) {
        tasks.add(() -> {
            if (over) {
                return;
            }
            Object value = response == null ? null : response.value();
            if (failure != null) {
                onFailure(failure);
            } else if (value instanceof Flow.Publisher<?> stream) {
                stream.subscribe(this);
            } else if (value == null) {
                complete();
            } else {
                onFailure(RpcException.of(
                        Code.INTERNAL,
                        "a " + value.getClass().getName() + " came for " + door.method()
                                + " (expected: a Flow.Publisher)"));
            }
        });
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        tasks.add(() -> {
            if (over || upstream != null) {
                subscription.cancel();
                return;
            }
            upstream = subscription;
            if (asked > 0) {
                subscription.request(asked);
            }
        });
    }

    @Override
    public void onNext(Object element) {
        tasks.add(() -> {
            if (over) {
                return;
            }
            try {
                subscriber.onNext(element);
            } catch (RuntimeException | Error broken) {
                cancel();
                throw broken;
            }
        });
    }

    @Override
    public void onError(Throwable thrown) {
        tasks.add(() -> onFailure(thrown));
    }

    @Override
    public void onComplete() {
        tasks.add(this::complete);
    }

    private void complete() {
        if (over) {
            return;
        }
        over = true;
        if (inherited != null) {
            inherited.close();
        }
        Request made = Objects.requireNonNull(request);
        if (made.recorded() != null) {
            door.answered(Objects.requireNonNull(way), made, start);
        }
        subscriber.onComplete();
    }

    private void onFailure(Throwable thrown) {
        if (over) {
            return;
        }
        fail(door.failed(
                Objects.requireNonNull(way), Objects.requireNonNull(request), start, RpcException.from(thrown)));
    }

    private void fail(Throwable why) {
        over = true;
        if (inherited != null) {
            inherited.close();
        }
        subscriber.onError(why);
    }
}
